package io.sealos.internal.text;

/** Words a number together with its noun, such as {@code 1 image} and {@code 2 entries}. */
public final class Count {
    private static final int BEFORE_Y = 2;

    private Count() {}

    /**
     * {@return the number and the noun, in the plural unless the number is 1}
     *
     * @param noun the noun in the singular, with an adjective before it if it has one, such as {@code more problem}
     */
    public static String of(long number, String noun) {
        return number + " " + (number == 1 ? noun : plural(noun));
    }

    /**
     * {@return the number, the noun and the verb, such as {@code 1 gap keeps} and {@code 2 gaps keep}}
     *
     * @param singular the verb for one
     * @param plural the verb for several
     */
    public static String of(long number, String noun, String singular, String plural) {
        return of(number, noun) + " " + (number == 1 ? singular : plural);
    }

    private static String plural(String noun) {
        boolean consonant = noun.length() >= BEFORE_Y && "aeiou".indexOf(noun.charAt(noun.length() - BEFORE_Y)) < 0;
        if (noun.endsWith("y") && consonant) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.endsWith("ch") || noun.endsWith("s") || noun.endsWith("x") ? "es" : "s");
    }
}
