"""The demo's mailbox: what the portal mailed, and the codes that authenticators show; only in the demo."""
