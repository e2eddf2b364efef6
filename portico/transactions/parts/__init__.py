"""What the transactions of money share: why something cannot be read, and elements typed and checked."""
