"""What is written for other programs and read from them."""
