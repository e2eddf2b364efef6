"""What somebody signs in with and comes back by: usernames, passwords, the recovery question."""
