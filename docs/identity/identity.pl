# Tells Porchlight who is signed in (Perl 5.14 or newer, core modules only).
# Run it as it stands to see both proofs: perl identity.pl 42 "Anna" anna@example.com
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256 hmac_sha256_hex);
use Encode qw(decode encode);
use JSON::PP;
use MIME::Base64 qw(encode_base64url);

my ($site, $key_id, $secret) = @ENV{qw(PORCHLIGHT_SITE PORCHLIGHT_KEY_ID PORCHLIGHT_SECRET)};

# A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one.
sub identity_token {
    my ($id, $name, $email) = @_;
    my $now    = time;
    my $part   = sub { encode_base64url(JSON::PP->new->utf8->canonical->encode($_[0])) };
    my $header = $part->({ alg => 'HS256', typ => 'JWT', kid => $key_id });
    my $claims = $part->({
        sub => "$id", name => $name, email => $email, aud => $site, iat => $now, exp => $now + 600,
    });
    return "$header.$claims." . encode_base64url(hmac_sha256("$header.$claims", $secret));
}

# The plain hash of the person's id, for where a token is too much. It never expires.
sub identity_hash {
    my ($id) = @_;
    return hmac_sha256_hex(encode('UTF-8', "porchlight-identity-v1\n$site\n$id"), $secret);
}

unless (caller) {
    my ($id, $name, $email) = map { decode('UTF-8', $_) } @ARGV;
    print identity_token($id, $name, $email), "\n";
    print identity_hash($id), "\n";
}
1;
