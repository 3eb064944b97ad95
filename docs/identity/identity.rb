# Tells Porchlight who is signed in (Ruby 2.7 or newer, standard library only).
# Run it as it stands to see both proofs: ruby identity.rb 42 "Anna" anna@example.com
require "json"
require "openssl"

module PorchlightIdentity
  SITE = ENV.fetch("PORCHLIGHT_SITE")
  KEY_ID = ENV.fetch("PORCHLIGHT_KEY_ID")
  SECRET = ENV.fetch("PORCHLIGHT_SECRET")

  # A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one.
  def self.token(id:, name: nil, email: nil)
    now = Time.now.to_i
    header = part({ alg: "HS256", typ: "JWT", kid: KEY_ID })
    claims = part({ sub: id.to_s, name: name, email: email, aud: SITE, iat: now, exp: now + 600 })
    signature = OpenSSL::HMAC.digest("SHA256", SECRET, "#{header}.#{claims}")
    "#{header}.#{claims}.#{base64url(signature)}"
  end

  # The plain hash of the person's id, for where a token is too much. It never expires.
  def self.user_hash(id)
    OpenSSL::HMAC.hexdigest("SHA256", SECRET, "porchlight-identity-v1\n#{SITE}\n#{id}")
  end

  def self.part(value)
    base64url(JSON.generate(value))
  end

  def self.base64url(bytes)
    [bytes].pack("m0").tr("+/", "-_").delete("=")
  end
end

if __FILE__ == $PROGRAM_NAME
  id, name, email = ARGV
  puts PorchlightIdentity.token(id: id, name: name, email: email)
  puts PorchlightIdentity.user_hash(id)
end
