package io.sealos.images.internal.shell.state;

/** Counts the steps, and the characters read or made, of all paths through scripts, and limits both. */
public final class WorkLimit {
    public static final int MOST_STEPS = 50_000;
    public static final long MOST_CHARACTERS = 50_000_000;
    /** Those of one command. */
    private static final long MOST_AT_ONCE = 5_000_000;

    private int steps;
    private long characters;
    private int names;

    /** A number for something that is made, which is given once. */
    public int nextName() {
        return ++names;
    }

    public void step() {
        steps++;
    }

    public void made(String text) {
        characters += text.length();
    }

    /** Reading a character as a script costs as much as making ten. */
    public void read(String text) {
        characters += 10L * text.length();
    }

    /** Looking at the name of a file costs as much as making five characters. */
    public void looked(int names) {
        characters += 5L * (names + 1);
    }

    public long characters() {
        return characters;
    }

    /** Whether a command that began with so many characters may make no more. */
    public boolean isSpentSince(long before) {
        return isSpent() || characters - before >= MOST_AT_ONCE;
    }

    /** Whether no more may be done. */
    public boolean isSpent() {
        return steps >= MOST_STEPS || characters >= MOST_CHARACTERS;
    }
}
