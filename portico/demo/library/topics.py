"""What the library is about: topics by code, with the topic each stands under."""

from typing import Final, NamedTuple


class Topic(NamedTuple):
    """A topic: its code, its name, and the code of the one above it."""

    code: str
    name: str
    above: str = ""


TOPICS: Final[tuple[Topic, ...]] = (
    Topic("portal", "This portal"),
    Topic("sign-in", "Signing in", "portal"),
    Topic("access", "Access", "portal"),
    Topic("identity", "Identity verification", "portal"),
    Topic("registration", "Registration", "portal"),
    Topic("library", "The library", "portal"),
    Topic("manual", "Operations manuals"),
    Topic("eligibility", "Eligibility"),
    Topic("premiums", "Premiums and grace periods", "eligibility"),
    Topic("coordination-of-benefits", "Coordination of benefits", "eligibility"),
    Topic("benefits", "Benefits"),
    Topic("plans", "Plans at a glance", "benefits"),
    Topic("cost-sharing", "What members pay", "benefits"),
    Topic("authorization", "Prior authorization"),
    Topic("referrals", "Referrals"),
    Topic("primary-care", "Primary care and PCPs"),
    Topic("telehealth", "Telehealth"),
    Topic("emergency", "Emergency and urgent care"),
    Topic("hospital", "Hospital care"),
    Topic("home-care", "Home health care"),
    Topic("equipment", "Medical equipment"),
    Topic("therapy", "Therapy"),
    Topic("imaging", "Imaging"),
    Topic("transportation", "Transportation"),
    Topic("claims", "Claims"),
    Topic("timely-filing", "Timely filing", "claims"),
    Topic("corrections", "Corrected claims", "claims"),
    Topic("payment", "Payment and rates", "claims"),
    Topic("remittance", "Remittance", "claims"),
    Topic("disputes", "Provider disputes", "claims"),
    Topic("appeals", "Members' appeals"),
    Topic("member-rights", "Members' rights"),
    Topic("pharmacy", "Pharmacy"),
    Topic("behavioral-health", "Mental health and substance use"),
    Topic("clinical-programs", "Clinical programs"),
    Topic("preventive-care", "Preventive care"),
    Topic("vaccinations", "Vaccinations", "preventive-care"),
    Topic("cancer", "Cancer screening", "preventive-care"),
    Topic("chronic-conditions", "Long-lasting conditions"),
    Topic("diabetes", "Diabetes", "chronic-conditions"),
    Topic("heart", "Heart and blood vessels", "chronic-conditions"),
    Topic("lungs", "Lungs and sleep", "chronic-conditions"),
    Topic("kidneys", "Kidneys", "chronic-conditions"),
    Topic("bones-and-joints", "Bones and joints", "chronic-conditions"),
    Topic("nutrition", "Weight and nutrition", "chronic-conditions"),
    Topic("infections", "Infections"),
    Topic("children", "Children and adolescents"),
    Topic("pregnancy", "Pregnancy and birth"),
    Topic("older-people", "Older people"),
    Topic("quality", "Quality"),
    Topic("patient-leaflets", "Leaflets for patients"),
    Topic("directory", "Provider directory"),
    Topic("contracts", "Agreements and network"),
    Topic("credentialing", "Credentialing", "contracts"),
    Topic("office-duties", "What we ask of offices"),
    Topic("access-standards", "Appointment waits", "office-duties"),
    Topic("language-help", "Interpreters and language", "office-duties"),
    Topic("compliance", "Compliance and training"),
    Topic("privacy", "Privacy", "compliance"),
    Topic("contacts", "Contacts"),
)
CODES: Final = frozenset(topic.code for topic in TOPICS)
