"""What a claim or a payment says, in this domain's words, however it came: read from a file, or typed."""
