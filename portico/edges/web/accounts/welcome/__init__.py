"""The first sign-in: opening an activation link, and the steps that follow."""
