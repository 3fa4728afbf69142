"""Tables that come in: recognised by their headers, read whole, with every mistake named."""
