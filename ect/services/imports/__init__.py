"""What each kind of table does to the store, told before and done after."""
