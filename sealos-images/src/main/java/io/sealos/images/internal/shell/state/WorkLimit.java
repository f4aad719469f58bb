package io.sealos.images.internal.shell.state;

/** Limits the steps of all paths through scripts, and the characters that they read or create. */
public final class WorkLimit {
    public static final int MOST_STEPS = 50_000;
    public static final long MOST_CHARACTERS = 50_000_000;
    /** The largest number of characters for one command. */
    private static final long MOST_AT_ONCE = 5_000_000;

    private int steps;
    private long characters;
    private int names;

    /** {@return a number that has not been returned before, for a new name} */
    public int nextName() {
        return ++names;
    }

    public void step() {
        steps++;
    }

    public void made(String text) {
        characters += text.length();
    }

    /** Counts the text of a script. Parsing a character costs as much as creating ten. */
    public void read(String text) {
        characters += 10L * text.length();
    }

    /** Counts names of files. Examining a name costs as much as creating five characters. */
    public void looked(int names) {
        characters += 5L * (names + 1);
    }

    public long characters() {
        return characters;
    }

    /** {@return whether a command that started at this number of characters has reached its limit} */
    public boolean isSpentSince(long before) {
        return isSpent() || characters - before >= MOST_AT_ONCE;
    }

    /** {@return whether a limit has been reached} */
    public boolean isSpent() {
        return steps >= MOST_STEPS || characters >= MOST_CHARACTERS;
    }
}
