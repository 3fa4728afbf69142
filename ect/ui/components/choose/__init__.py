"""What the page Choose several is made of."""
