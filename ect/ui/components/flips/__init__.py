"""What the page Flips is made of."""
