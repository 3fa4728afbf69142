"""From a code of the domain to a sentence a person can act on."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.errors import DomainError
from ect.domain.publication import Note
from ect.domain.text import Text
from ect.i18n import Speaker
from ect.i18n import marked as _

# Why a file is not opened, or a table does not come in.
IMPORTING = {
    "file_empty": _("{file}: the file is empty."),
    "file_too_large": _("{file}: the file is larger than {limit} MB."),
    "file_encrypted": _("{file}: the file is locked by a password. Take the password off, then try again."),
    "file_old_excel": _("{file}: the file has an old format of Excel. Save it as .xlsx, then try again."),
    "file_kind": _("{file}: {found} was found, where a workbook (.xlsx) or a text (.csv) is expected."),
    "file_not_a_book": _("{file}: the file is called .xlsx, but is no workbook. Save it again as .xlsx."),
    "file_macros": _("{file}: the workbook holds macros. Save it as .xlsx, without macros, then try again."),
    "file_links": _("{file}: the workbook is linked to other files. Break the links, then try again."),
    "file_embedded": _(
        "{file}: the workbook holds embedded objects ({part}). Take them out, then try again."
    ),
    "zip_broken": _("{file}: the file is damaged. Open it in a spreadsheet, save it again, then try again."),
    "zip_entries": _("{file}: the workbook has more than {limit} parts: it is not opened."),
    "zip_bomb": _("{file}: once opened the file is larger than {limit} MB: it is not opened."),
    "zip_lies": _("{file}: the part {part} has not the size the file says: it is not opened."),
    "zip_locked": _("{file}: parts of the workbook are locked by a password."),
    "xlsx_broken": _("{file}: the part {part} of the workbook is damaged or missing."),
    "xlsx_doctype": _("{file}: the workbook declares a document type (DTD): it is not opened."),
    "xlsx_sheets": _("{file}: the workbook has {found} sheets; at most {limit} are read."),
    "xlsx_no_sheet": _("{file}: the workbook has no visible sheet."),
    "text_binary": _("{file}: this is no text. Save the sheet as .xlsx or .csv (UTF-8), then try again."),
    "text_encoding": _("{file}, row {row}: the letters cannot be read. Save the file as CSV UTF-8."),
    "text_quotes": _("{file}, row {row}: a quotation mark is opened and not closed."),
    "text_field_long": _("{file}, row {row}: a text is longer than {limit} characters."),
    "table_rows": _("{file}, sheet “{sheet}”: there are more than {limit} rows."),
    "table_columns": _("{file}, sheet “{sheet}”, row {row}: there are more than {limit} columns."),
    "table_cells": _("{file}, sheet “{sheet}”: there are more than {limit} cells."),
    "table_far": _(
        "{file}, sheet “{sheet}”: something stands in the cell {cell}, beyond {rows} rows or {columns}"
        " columns."
    ),
    "table_text_long": _(
        "{file}, sheet “{sheet}”, row {row}, column {column}: the text is longer than {limit} characters."
    ),
    "table_not_found": _(
        "{file}: no table was recognised. Expected: a score table, ratings, terrains or a grid, with their"
        " headers in one row (see the templates)."
    ),
    "tables_several": _("{file}: several sheets hold a table ({sheets}). Say which one."),
    "sheet_unknown": _("{file}: there is no table in a sheet called “{sheet}”."),
    "import_has_problems": _("The table holds {found} mistakes: nothing was written."),
    "import_unknown": _("There is no such import."),
    "import_undone": _("This import was undone already."),
    "import_changed_since": _(
        "“{name}” was changed after this import: it cannot be undone without losing that. Nothing was undone."
    ),
    "import_ratings_changed": _(
        "{count} ratings of this import were changed since: it cannot be undone without losing that."
        " Nothing was undone."
    ),
    "import_used_since": _(
        "Something that came in later rests on this import: undo that first. Nothing was undone."
    ),
}

REFUSALS = {
    "criterion_unknown": _("The grid has no criterion “{criterion}”."),
    "level_out_of_range": _(
        "“{value}” is not a level of the criterion “{criterion}”: the levels go from 0 to 2."
    ),
    "value_not_exact": _("The value “{value}” of “{criterion}” is not exact."),
    "grid_factor_wrong": _("In the grid, the weight of the ECT is {found}: it must be 1 or more."),
    "publication_incomplete": _("In the published table, “{entry}” lacks the column “{column}”."),
    "pillar_given_twice": _(
        "The pillar “{pillar}” is given both as a mean and criterion by criterion: keep one."
    ),
    "rating_value_mismatch": _(
        "The rating of “{criterion}” must hold either a level or an answer without one."
    ),
    "comment_too_long": _("The comment on “{criterion}” is longer than {limit} characters."),
    "comparison_size": _("A comparison takes from {fewest} to {most} terrains: {found} are chosen."),
    "severity_groups_apart": _(
        "The participants cannot be compared: some of them share no rated criterion with the others."
    ),
    "severity_too_few_ratings": _("The participants cannot be compared: they share too few rated criteria."),
    "figure_unreadable": _("“{text}” cannot be read as a figure."),
    "terrain_name_empty": _("A terrain needs a name."),
    "terrain_name_long": _("The name of a terrain has at most {limit} characters; this one has {found}."),
    "terrain_name_taken": _("Another terrain is already called “{name}”."),
    "terrain_unknown": _("There is no terrain “{terrain}”."),
    "framework_unknown": _("The catalogue has no framework “{code}”."),
    "draws_out_of_range": _("From 1 to {limit} rankings can be drawn, not {value}."),
    "seed_out_of_range": _("A seed is 0 or more, not {value}."),
    "pairs_uneven": _("There must be as many values before ({before}) as after ({after}), and at least one."),
    "scenario_unknown": _("There is no such scenario any more."),
    "scenario_name_empty": _("A scenario needs a name."),
    "scenario_name_long": _("The name of a scenario has at most {limit} characters; this one has {found}."),
    "scenario_note_long": _("The note of a scenario has at most {limit} characters; this one has {found}."),
    "scenario_name_taken": _("Another scenario is already called “{name}”."),
    "scenario_empty": _("Nothing is supposed yet: there is nothing to save."),
    "grid_empty": _("In the grid, “{entry}” holds no criterion."),
    "grid_code_repeated": _("In the grid, the code “{entry}” is used twice."),
    "grid_levels_wrong": _("In the grid, “{entry}” must describe the levels 0, 1 and 2."),
    "grid_descriptor_empty": _("In the grid, level {level} of “{entry}” has no descriptor."),
    "grid_missing": _("The database holds no grid."),
    "data_invalid": _("{file}: the entry “{entry}” is wrong: {problem}."),
    "data_unreadable": _("{file} cannot be read: {problem}."),
    "database_unreachable": _("The database cannot be reached: {reason}."),
    "database_read_only": _("The database cannot be written: {path} is read-only. Nothing was saved."),
    "database_newer_schema": _(
        "This database was made by a newer version of ECT: update the application to open it."
    ),
    "database_locked": _("The database is busy. Nothing was saved: try again in a moment."),
    "database_not_ours": _("{path} is not a database of ECT."),
    "database_failed": _("The database refused: {reason}. Nothing was saved."),
    "disk_full": _("There is no room left where {path} is. Nothing was changed."),
    "backup_unwritable": _("The file {path} cannot be written: {reason}."),
    "backup_unreadable": _("The file {path} cannot be read: {reason}."),
    "backup_by_pg_dump": _(
        "This store is on a server ({server}): pg_dump copies it, pg_restore puts it back."
    ),
    "backup_not_a_file": _("This store is not in a file: it cannot be copied nor replaced."),
    "backup_exists": _("{path} is there already: nothing was written over it."),
    "backup_onto_itself": _("{path} is the store itself: choose another file."),
    "backup_missing": _("There is no file at {path}."),
    "backup_not_sqlite": _("{file} is not a copy of a store of ECT: it is not a database."),
    "backup_not_ours": _("{file} is a database, but not one of ECT."),
    "backup_newer_schema": _("{file} was made by a newer version of ECT: update the application to open it."),
    "backup_damaged": _("{file} is damaged: it cannot be read to the end."),
    "backup_schema_differs": _(
        "{file} is not made as a store of ECT is: “{entry}” was added, changed or taken away."
    ),
    "backup_unsound": _("{problem} {file} is therefore not sound, and nothing was replaced."),
    "backup_unconfirmed": _("Nothing was replaced: add --yes to put a copy back without being asked."),
    "store_damaged": _("The pages of the file are damaged ({detail})."),
    "store_schema_differs": _("The store is not made as it should be: “{entry}” was added, changed or lost."),
    "store_reference_lost": _("Row {row} of “{table}” refers to something of “{parent}” that is not there."),
    "store_chain_broken": _("The chain of the audit breaks at event {event}: it was changed by hand."),
    "store_document_wrong": _("“{where}” cannot be read: “{entry}” is wrong."),
    "store_vote_astray": _("Vote {row} does not belong to the meeting of its seat, or to any round."),
    "store_answer_wrong": _(
        "Row {row} of “{table}” holds an answer the grid does not allow (“{criterion}”)."
    ),
    "meeting_not_now": _("This cannot be done at this stage of the meeting."),
    "meeting_not_allowed": _("This is not yours to do in this meeting."),
    "meeting_unknown": _("This meeting does not exist any more."),
    "meeting_title_wrong": _("A meeting needs a title of at most {limit} characters."),
    "meeting_terrains_wrong": _(
        "A meeting takes from {fewest} to {most} different terrains: {found} are chosen."
    ),
    "meeting_full": _("The meeting is full: it has {limit} seats."),
    "round_without_cells": _("Another round needs at least one criterion to rate again."),
    "timer_out_of_range": _("A timer lasts from 1 to 120 minutes; this one would last {found}."),
    "seat_unknown": _("This seat does not exist in this meeting."),
    "seat_taken": _("Somebody already sits in the seat of {name}."),
    "seat_empty": _("Nobody sits in the seat of {name}: the meeting cannot be handed over to it."),
    "secrecy_settled": _("Somebody has rated already: secrecy can no longer be changed."),
    "players_in_demo_only": _(
        "Simulated participants play in demonstrations only: their votes would become real scores."
    ),
    "seat_removed": _("The facilitator removed this seat."),
    "seats_only": _("Only the prepared seats may be taken: choose yours."),
    "name_needed": _("A name is needed."),
    "name_long": _("A name has at most {limit} characters; this one has {found}."),
    "recusal_stays": _("A recusal cannot be taken back once ratings were revealed."),
    "recused": _("A recused person does not rate this terrain."),
    "cell_not_asked": _("“{criterion}” is not asked of this seat in this round."),
    "weight_not_exact": _("The weight of “{entry}” is not an exact number: {value}."),
    "weight_negative": _("The weight of “{entry}” is less than 0: {value}."),
    "weights_all_zero": _("Everything weighs 0 in “{entry}”: something must count."),
    "scenario_unreadable": _(
        "“{part}”, in the address of this scenario, is not understood: nothing is supposed."
    ),
    "share_out_of_range": _("A share lies between 0 and 1: {value} does not."),
    "spread_out_of_range": _("A spread lies between 0 and 1: {value} does not."),
    "terrain_not_ranked": _("“{terrain}” is not ranked: something is unknown of it."),
    "weight_alone": _("“{entry}” is alone in its group: its weight changes nothing."),
    "weight_bounds_empty": _("No weights lie within these bounds."),
    "section_unknown": _("The grid has no section “{section}”."),
    "paper_not_for_seat": _("{name} answers on a device: a paper sheet would replace their own answers."),
    "override_out_of_range": _("An agreed value goes from 0 to 2: {value} does not."),
    "override_needs_reason": _("A value in place of the mean needs its reason."),
    "verdict_needs_motive": _("A decision needs its motive."),
    "reason_long": _("At most {limit} characters; there are {found}."),
    "verdicts_missing": _("Nothing is decided yet of: {terrains}. The meeting stays open."),
    "rank_out_of_range": _("A place is 1 or more: {rank} is none."),
    "choice_size": _("A choice takes 1 terrain or more, not {value}."),
    "choice_too_large": _("{value} terrains cannot be chosen: only {found} can."),
    "choice_limit": _("A list of sets has 1 set or more, not {value}."),
    "choice_gap": _("A loss is 0 or more: {value} is none."),
    "choice_bound": _("A constraint counts from 0: {value} is none."),
    "choice_unreadable": _("“{part}”, in the address of this choice, is not understood: nothing is asked."),
    "choice_too_many_constraints": _("A choice has at most {limit} constraints: this one has {found}."),
    "group_unknown": _("There is no group “{group}” any more."),
    "total_not_exact": _("The total of “{terrain}” is not exact: {value}."),
    "cost_negative": _("The cost of “{criterion}” is less than 0: {value}."),
    **IMPORTING,
    "whole_not_ours": _("This file is not a whole export of ECT."),
    "whole_version": _("This export is of version {found}; this ECT reads version {expected}."),
    "whole_schema": _(
        "This export was made by another version of ECT (data of version {found}; here, {expected}): export"
        " it again with this version."
    ),
    "whole_digest": _(
        "This export was cut or changed since it was made: its digest is not that of its content."
    ),
    "whole_store_not_empty": _(
        "This database already holds work ({tables}): a whole export goes into a new one. Set"
        " ECT_DATABASE_URL to a new file, or restore a backup."
    ),
    "whole_history_differs": _(
        "What happened here is not the beginning of what this export tells: history is not rewritten. Restore"
        " a backup, or import into a new database."
    ),
    "whole_sqlite_only": _("A whole export can be put into an SQLite database only."),
    "whole_table_wrong": _("In this export, the table “{table}” is missing, unknown, or has other columns."),
    "whole_value_wrong": _(
        "In this export, table “{table}”, row {row}, column “{column}”: “{found}” is not a value it can have."
    ),
    "whole_rows_refused": _(
        "In this export, the rows of the table “{table}” contradict one another: {reason}."
    ),
    "whole_entry_wrong": _("In this export, the table “{table}” holds an entry ECT cannot read: {reason}."),
    "whole_chain_broken": _("In this export, the audit is broken at event {event}: something was changed."),
    "whole_file_unreadable": _("{file} cannot be read: {reason}."),
    "whole_file_big": _("{file} is too big: {found} MB, where {limit} MB are the most."),
    "whole_file_not_json": _("{file} is not JSON: line {line}, column {column} cannot be read."),
    "export_extension": _("{file}: an export is a file in one of {extensions}."),
    "export_option": _("{option} does not go with a file in {extension}."),
    "export_unwritable": _("{file} cannot be written: {reason}."),
    "database_missing": _("There is no database at {path}."),
    "database_older_schema": _(
        "This database was made by an older version of ECT: open it once with the application."
    ),
    "organiser_only": _("Only the organiser may do this."),
    "document_text_long": _("A text of the heading has at most {limit} characters; this one has {found}."),
    "logo_heavy": _("This logo is heavier than {limit} MB."),
    "logo_large": _("This logo is too large: {width} x {height} pixels."),
    "logo_unreadable": _("This logo is not a PNG or JPEG picture that can be read."),
    "minutes_too_early": _("There are no minutes before the first reveal."),
    "setting_invalid": _("The setting {setting} is wrong: {problem}."),
}

# What is wrong with an entry of a file, by the code of the check that refused it.
PROBLEMS = {
    "missing": _("missing"),
    "extra_forbidden": _("unknown"),
    "data_entry_unknown": _("unknown"),
    "string_type": _("of the wrong type"),
    "int_type": _("of the wrong type"),
    "list_type": _("of the wrong type"),
    "dict_type": _("of the wrong type"),
    "enum": _("a value that is not allowed"),
    "value_error": _("a value that is not allowed"),
    "literal_error": _("a value that is not allowed"),
    "dataclass_type": _("of the wrong type"),
    "tuple_type": _("of the wrong type"),
    "bool_type": _("of the wrong type"),
    "grid_code_repeated": _("a code used twice"),
    "grid_levels_wrong": _("it must describe the levels 0, 1 and 2"),
    "grid_descriptor_empty": _("an empty descriptor"),
    "grid_empty": _("no criterion"),
    "grid_factor_wrong": _("it must be 1 or more"),
    "publication_incomplete": _("a missing column"),
}

NOTES = {
    "printed_maximum": _(
        "The printed header says “{header}”, but the printed totals follow the formula, whose maximum"
        " is {formula}. {printed} is {ratio} times {formula}: the same ranking in another unit."
    ),
    "printed_mean": _(
        "The printed mean of “{column}” is {printed}, where the mean of the printed values is {expected}."
    ),
    "printed_sum": _(
        "{terrain}: “{column}” is printed as {printed}, where its parts make {expected}: the parts are kept."
    ),
    "rounded_figures": _("Rounded figures are read as the fractions they stand for: {figures}."),
    "rows_without_figures": _("Left out, for they hold no figure: {names}."),
}
# What stays as it is written, where figures are rewritten for the language.
WORDS = {"column", "terrain", "code"}


def sentence(error: DomainError, language: str) -> str:
    """Say why something was refused, in one sentence."""
    speaker = Speaker(language)
    message = REFUSALS.get(error.code)
    if message is None:
        return speaker.t("This could not be done ({code}).", code=error.code)
    return speaker.t(message).format(**{k: _said(v, speaker) for k, v in error.values.items()})


def _said(value: object, speaker: Speaker) -> object:
    if isinstance(value, Fraction):
        return speaker.short(value)
    if isinstance(value, DomainError):
        return sentence(value, speaker.language)
    return speaker.t(PROBLEMS[value]) if isinstance(value, str) and value in PROBLEMS else value


def note_text(note: Note, language: str) -> str:
    """Say what does not add up in a published table."""
    speaker = Speaker(language)
    values: dict[str, object] = dict(note.values)
    if note.code == "printed_maximum":
        values["ratio"] = speaker.short(Fraction(int(note.values["printed"]), int(note.values["formula"])))
    if language == "en" and note.code in {"printed_mean", "printed_sum"}:
        values = {k: v if k in WORDS else str(v).replace(",", ".") for k, v in values.items()}
    return speaker.t(NOTES[note.code], **values)


def caveat_text(terrain: str, caveat: Text, language: str) -> str:
    """Say what a report says against a score it prints."""
    speaker = Speaker(language)
    said = caveat.read(language)
    return speaker.t("The report says of {terrain}: “{caveat}”.", terrain=terrain, caveat=said)
