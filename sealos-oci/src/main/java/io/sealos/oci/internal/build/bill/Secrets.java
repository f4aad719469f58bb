package io.sealos.oci.internal.build.bill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides which values of arguments and variables may be secret, and are therefore left out of the provenance. */
final class Secrets {
    private static final List<String> PARTS =
            List.of("password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "private");
    private static final Set<String> WORDS = Set.of("key", "keys", "pwd", "pass", "auth", "pat", "cert");

    private final Set<String> named;

    Secrets(Set<String> named) {
        this.named = named;
    }

    boolean isWithheld(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return named.contains(name)
                || PARTS.stream().anyMatch(lower::contains)
                || Arrays.stream(separated(name).split("[^a-z0-9]", -1)).anyMatch(WORDS::contains)
                || isSecret(value);
    }

    /** {@return a name in lower case, whose words are separated where it changes from lower to upper case} */
    private static String separated(String name) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean starts =
                    i > 0 && Character.isUpperCase(name.charAt(i)) && Character.isLowerCase(name.charAt(i - 1));
            words.append(starts ? "-" : "").append(name.charAt(i));
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** {@return whether a value has a private key, or an address with a password} */
    private static boolean isSecret(String value) {
        int user = value.indexOf("://");
        int end = user < 0 ? -1 : endOfAuthority(value, user + 3);
        boolean hasPassword = user >= 0 && value.substring(user + 3, end).contains("@");
        return hasPassword || value.contains("-----BEGIN ");
    }

    private static int endOfAuthority(String value, int start) {
        int end = start;
        while (end < value.length() && "/?# ".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
