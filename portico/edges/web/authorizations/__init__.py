"""Authorizations and referrals of an office: asking the plan, finding what was asked, the desk."""
