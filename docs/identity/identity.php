<?php
// Tells Porchlight who is signed in (PHP 7.4 or newer, no dependencies).
// Run it as it stands to see both proofs: php identity.php 42 "Anna" anna@example.com

/** A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one. */
function porchlight_identity_token(string $id, ?string $name, ?string $email): string
{
    $base64url = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $part = fn (array $value): string => $base64url(json_encode($value, JSON_THROW_ON_ERROR));
    $now = time();
    $header = $part(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => getenv('PORCHLIGHT_KEY_ID')]);
    $claims = $part([
        'sub' => $id, 'name' => $name, 'email' => $email,
        'aud' => getenv('PORCHLIGHT_SITE'), 'iat' => $now, 'exp' => $now + 600,
    ]);
    $signature = hash_hmac('sha256', "$header.$claims", getenv('PORCHLIGHT_SECRET'), true);
    return "$header.$claims." . $base64url($signature);
}

/** The plain hash of the person's id, for where a token is too much. It never expires. */
function porchlight_identity_hash(string $id): string
{
    $text = "porchlight-identity-v1\n" . getenv('PORCHLIGHT_SITE') . "\n" . $id;
    return hash_hmac('sha256', $text, getenv('PORCHLIGHT_SECRET'));
}

if (PHP_SAPI === 'cli' && realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    [, $id, $name, $email] = $argv;
    echo porchlight_identity_token($id, $name, $email), "\n";
    echo porchlight_identity_hash($id), "\n";
}
