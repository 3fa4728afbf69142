"""Documents ready to be sent: what they say (content), then how each format writes it."""
