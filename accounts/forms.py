"""The forms of accounts: they parse shape; limits and rules come from the model and policy."""

from django import forms


class SignupForm(forms.Form):
    """What sign-up asks beyond name, mail and password."""

    birth_date = forms.DateField()

    def signup(self, request, user):
        """allauth calls this after saving; the adapter has done the work by then."""
