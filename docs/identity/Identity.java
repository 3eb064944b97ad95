// Tells Porchlight who is signed in (Java 17 or newer, no dependencies).
// Run it as it stands to see both proofs: java Identity.java 42 "Anna" anna@example.com

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Identity {
    private static final String SITE = System.getenv("PORCHLIGHT_SITE");
    private static final String KEY_ID = System.getenv("PORCHLIGHT_KEY_ID");
    private static final String SECRET = System.getenv("PORCHLIGHT_SECRET");

    /** A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one. */
    public static String token(String id, String name, String email) throws GeneralSecurityException {
        long now = System.currentTimeMillis() / 1000;
        String header = part("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":" + json(KEY_ID) + "}");
        String claims = part("{\"sub\":" + json(id) + ",\"name\":" + json(name) + ",\"email\":" + json(email)
                + ",\"aud\":" + json(SITE) + ",\"iat\":" + now + ",\"exp\":" + (now + 600) + "}");
        String signed = header + "." + claims;
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(signed));
    }

    /** The plain hash of the person's id, for where a token is too much. It never expires. */
    public static String hash(String id) throws GeneralSecurityException {
        return HexFormat.of().formatHex(mac("porchlight-identity-v1\n" + SITE + "\n" + id));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text as JSON; the JSON library of your framework does as well. */
    private static String json(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            if (character < 0x20 || character == '"' || character == '\\') {
                json.append(String.format("\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
        return json.append('"').toString();
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        System.out.println(token(arguments[0], arguments[1], arguments[2]));
        System.out.println(hash(arguments[0]));
    }
}
