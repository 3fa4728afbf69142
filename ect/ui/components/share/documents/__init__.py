"""Documents: choosing what they are about, making them, handing them over."""
