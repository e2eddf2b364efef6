"""Forms of single sign-on: a provider of each kind, and the user somebody is linked to."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from portico.domains.accounts.elsewhere.provider_details import (
    FACTOR_WORDS,
    OPENID_CONNECT,
    SAML,
    Details,
    NewProvider,
)
from portico.domains.accounts.elsewhere.providers import Provider

_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
_CERTIFICATES = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
LONGEST_CERTIFICATES: Final = 20_000


class ProviderForm(forms.Form):
    """What every provider is described by; its key and office are asked only when it is added."""

    kind: str

    slug = forms.SlugField(
        label="Key",
        help_text="Stands in addresses: small letters, digits and dashes, such as northlake-staff.",
        max_length=40,
        widget=forms.TextInput(_PRIVATE),
        error_messages={
            "required": "Enter a key for the provider.",
            "invalid": "A key has small letters, digits and dashes, such as northlake-staff.",
        },
    )
    name = forms.CharField(
        label="Name",
        help_text="As the sign-in page says it after “Sign in with”.",
        max_length=80,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter a name for the provider."},
    )
    office = forms.SlugField(
        label="Key of the office",
        help_text="Whose people it signs in. Empty: the plan's own staff.",
        required=False,
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"invalid": "A key has small letters, digits and dashes, such as lakeside."},
    )
    vouches_for_factor = forms.BooleanField(
        label="Take its word that a second factor was passed",
        help_text="Otherwise the portal asks for its own after each sign-in there.",
        required=False,
    )
    factor_words = forms.CharField(
        label="What it says then",
        help_text="One a line. Empty: what is usual.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea({**_PRIVATE, "rows": "3"}),
    )

    def __init__(self, data: Any = None, *, known: Provider | None = None) -> None:
        """Take the provider that is changed, if one is."""
        super().__init__(data, initial=_initial(known) if known else None)
        if known:
            for name in ("slug", "office", "issuer"):
                del self.fields[name]

    def provider(self, *, office_id: int | None, known: Provider | None = None) -> NewProvider:
        """The provider the valid form describes."""
        given = self.cleaned_data
        return NewProvider(
            slug=known.slug if known else given["slug"],
            name=given["name"],
            kind=self.kind,
            details=self._details(known.details.issuer if known else given["issuer"]),
            office_id=office_id,
            secret=given.get("secret", ""),
            vouches_for_factor=given["vouches_for_factor"],
            proves_identity=given.get("proves_identity", False),
        )

    def _details(self, issuer: str) -> Details:
        """What is public of it, of what its kind has."""
        given = self.cleaned_data
        typed = given.get("certificates", "")
        return Details(
            issuer=issuer,
            client_id=given.get("client_id", ""),
            sign_in_url=given.get("sign_in_url", ""),
            certificates=tuple(_CERTIFICATES.findall(typed)) or ((typed,) if typed else ()),
            factor_words=tuple(given["factor_words"].split()),
            for_sign_in=given.get("for_sign_in", True),
        )


class OpenIdForm(ProviderForm):
    """A provider of OpenID Connect."""

    kind = OPENID_CONNECT

    issuer = forms.CharField(
        label="Issuer",
        help_text="The address it is known by, letter for letter as its own configuration says it.",
        max_length=200,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the issuer."},
    )
    client_id = forms.CharField(
        label="Client ID",
        help_text="What the provider knows the portal by.",
        max_length=200,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the client ID."},
    )
    secret = forms.CharField(
        label="Client secret",
        help_text="Kept sealed and never shown. Empty for a client without one, or to leave the one it has.",
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    for_sign_in = forms.BooleanField(
        label="People sign in with it", help_text="It then stands on the sign-in page.", required=False
    )
    proves_identity = forms.BooleanField(
        label="It proves who somebody is",
        help_text="Signing in there is then one of the ways to verify an identity.",
        required=False,
    )
    field_order = (
        *("slug", "name", "office", "issuer", "client_id", "secret", "for_sign_in", "proves_identity"),
        *("vouches_for_factor", "factor_words"),
    )

    def __init__(self, data: Any = None, *, known: Provider | None = None) -> None:
        """Take the provider that is changed, if one is; a new one is for signing in."""
        super().__init__(data, known=known)
        self.initial.setdefault("for_sign_in", True)


class SamlForm(ProviderForm):
    """A provider of SAML."""

    kind = SAML

    issuer = forms.CharField(
        label="Entity ID",
        help_text="As the provider's metadata says it, letter for letter.",
        max_length=200,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the entity ID."},
    )
    sign_in_url = forms.CharField(
        label="Address of its sign-in",
        help_text="SingleSignOnService with the binding HTTP-Redirect.",
        max_length=300,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the address of its sign-in."},
    )
    certificates = forms.CharField(
        label="Certificates it signs with",
        help_text="One to three, each with its lines BEGIN and END. Two while one replaces the other.",
        max_length=LONGEST_CERTIFICATES,
        widget=forms.Textarea({**_PRIVATE, "rows": "6"}),
        error_messages={"required": "Enter the certificate it signs with."},
    )
    field_order = (
        *("slug", "name", "office", "issuer", "sign_in_url", "certificates"),
        *("vouches_for_factor", "factor_words"),
    )


class LinkForm(forms.Form):
    """Which user somebody is, and by what the desk knows it."""

    reference = forms.CharField(
        label="Reference",
        help_text="Twelve signs. The person reads it to you from the page that sent them here.",
        max_length=20,
        widget=forms.TextInput({**_PRIVATE, "autocapitalize": "characters", "class": "pt-width-10"}),
        error_messages={"required": "Enter the reference the person was told."},
    )

    username = forms.CharField(
        label="Username",
        help_text="Of the user in this portal. Be sure it is the same person: they will act as this user.",
        max_length=60,
        widget=forms.TextInput({**_PRIVATE, "autocapitalize": "none"}),
        error_messages={"required": "Enter the username."},
    )


FORMS: Final[Mapping[str, type[ProviderForm]]] = {OPENID_CONNECT: OpenIdForm, SAML: SamlForm}


def _initial(known: Provider) -> dict[str, Any]:
    details, usual = known.details, FACTOR_WORDS[known.kind]
    return {
        "name": known.name,
        "client_id": details.client_id,
        "sign_in_url": details.sign_in_url,
        "certificates": "\n".join(map(_pem, details.certificates)),
        "for_sign_in": details.for_sign_in,
        "proves_identity": known.proves_identity,
        "vouches_for_factor": known.vouches_for_factor,
        "factor_words": "" if details.factor_words == usual else "\n".join(details.factor_words),
    }


def _pem(kept: str) -> str:
    lines = [kept[start : start + 64] for start in range(0, len(kept), 64)]
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"))
