"""Messages: mails that leave with the business they tell of, and notices inside the portal."""
