"""A logo that came from outside: checked, made smaller, and written anew as a PNG."""

from __future__ import annotations

import io
import warnings

from ect.domain.errors import DomainError

HEAVIEST = 2 * 1024 * 1024
# A picture of few bytes may unfold to gigabytes: its size is read before its pixels are.
MOST_PIXELS = 25_000_000
WIDEST, HIGHEST = 900, 360


def checked_logo(content: bytes) -> bytes:
    """Return a PNG or JPEG picture as a PNG of at most 900 x 360 pixels, with nothing else in it.

    Raises
    ------
    DomainError
        ``"logo_heavy"`` above 2 MB, ``"logo_large"`` above 25 million pixels, ``"logo_unreadable"``
        for anything that is not a whole PNG or JPEG picture.

    """
    from PIL import Image, ImageOps

    if len(content) > HEAVIEST:
        raise DomainError("logo_heavy", limit=HEAVIEST // 1024**2)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise DomainError("logo_large", width=picture.width, height=picture.height)
                upright = ImageOps.exif_transpose(picture)
                plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 (what a broken picture raises is anything)
        raise DomainError("logo_unreadable") from None
    plain.thumbnail((WIDEST, HIGHEST))
    # Pixels only: what else the file told (place, camera, comments) stays behind.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    written = io.BytesIO()
    bare.save(written, "PNG")
    return written.getvalue()
