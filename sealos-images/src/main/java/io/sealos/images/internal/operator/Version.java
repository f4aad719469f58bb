package io.sealos.images.internal.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of numbers separated by dots, such as {@code 0.93.0}. A missing number counts as zero, and what follows the
 * numbers, such as {@code -SNAPSHOT}, is not compared.
 *
 * @param numbers the numbers
 */
record Version(List<Integer> numbers) implements Comparable<Version> {
    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]{1,8}(?:\\.[0-9]{1,8}){0,9}+)(?![0-9.])");

    /** {@return the version at the start of a text, or null if there is none} */
    static @Nullable Version of(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.lookingAt()) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : matcher.group(1).split("\\.", -1)) {
            numbers.add(Integer.parseInt(number));
        }
        return new Version(List.copyOf(numbers));
    }

    /** {@return whether a text is a version without anything before or after its numbers} */
    static boolean isPlain(String text) {
        return !text.startsWith("v") && NUMBERS.matcher(text).matches();
    }

    @Override
    public int compareTo(Version other) {
        int longest = Math.max(numbers.size(), other.numbers.size());
        for (int i = 0; i < longest; i++) {
            int difference = Integer.compare(number(i), other.number(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
