"""The pages of the plan's desk for authorizations."""

from tests.journeys.going import Place, at

RULES = (Place("authorization_rules", at("/staff/authorizations/rules/"), "Rules of authorizations"),)
