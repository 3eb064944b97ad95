"""Tells Porchlight who is signed in (Python 3.8 or newer, no dependencies).

Run it as it stands to see both proofs: python3 identity.py 42 "Anna" anna@example.com
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time

SITE = os.environ["PORCHLIGHT_SITE"]
KEY_ID = os.environ["PORCHLIGHT_KEY_ID"]
SECRET = os.environ["PORCHLIGHT_SECRET"].encode()


def identity_token(user_id, name, email):
    """A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one."""
    now = int(time.time())
    header = _part({"alg": "HS256", "typ": "JWT", "kid": KEY_ID})
    claims = _part({"sub": str(user_id), "name": name, "email": email, "aud": SITE, "iat": now, "exp": now + 600})
    signature = hmac.new(SECRET, f"{header}.{claims}".encode(), hashlib.sha256).digest()
    return f"{header}.{claims}.{_base64url(signature)}"


def identity_hash(user_id):
    """The plain hash of the person's id, for where a token is too much. It never expires."""
    text = f"porchlight-identity-v1\n{SITE}\n{user_id}"
    return hmac.new(SECRET, text.encode(), hashlib.sha256).hexdigest()


def _part(value):
    return _base64url(json.dumps(value).encode())


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    print(identity_token(*sys.argv[1:4]))
    print(identity_hash(sys.argv[1]))
