"""What an office does with a request it sent: answers, documents, changes, another look, an end."""
