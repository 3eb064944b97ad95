// Tells Porchlight who is signed in (Go 1.18 or newer, standard library only).
// Run it as it stands to see both proofs: go run identity.go 42 "Anna" anna@example.com
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

var (
	site   = os.Getenv("PORCHLIGHT_SITE")
	keyID  = os.Getenv("PORCHLIGHT_KEY_ID")
	secret = []byte(os.Getenv("PORCHLIGHT_SECRET"))
)

// IdentityToken makes a token for the person who is signed in, good for ten minutes: make a new one whenever the page
// wants one.
func IdentityToken(id, name, email string) (string, error) {
	now := time.Now().Unix()
	header, err := part(map[string]any{"alg": "HS256", "typ": "JWT", "kid": keyID})
	if err != nil {
		return "", err
	}
	claims, err := part(map[string]any{
		"sub": id, "name": name, "email": email, "aud": site, "iat": now, "exp": now + 600,
	})
	if err != nil {
		return "", err
	}
	signed := header + "." + claims
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac(signed)), nil
}

// IdentityHash makes the plain hash of the person's id, for where a token is too much. It never expires.
func IdentityHash(id string) string {
	return hex.EncodeToString(mac("porchlight-identity-v1\n" + site + "\n" + id))
}

func part(value any) (string, error) {
	text, err := json.Marshal(value)
	return base64.RawURLEncoding.EncodeToString(text), err
}

func mac(text string) []byte {
	hash := hmac.New(sha256.New, secret)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}

func main() {
	token, err := IdentityToken(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		panic(err)
	}
	fmt.Println(token)
	fmt.Println(IdentityHash(os.Args[1]))
}
