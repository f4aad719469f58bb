package io.sealos.kubefile;

/** How much variables may put into the instructions of a Kubefile, each of which may name others many times. */
final class ExpansionLimit {
    private static final int MOST_AT_ONCE = 1 << 20;
    private static final int MOST = 16 << 20;

    private int all;

    /** Counts characters that a variable put into an instruction, which had put in some before. */
    void add(int characters, long before) {
        if (before + characters > MOST_AT_ONCE) {
            throw tooLong("one instruction", MOST_AT_ONCE);
        }
        if (all > MOST - characters) {
            throw tooLong("all instructions", MOST);
        }
        all += characters;
    }

    private static WordExpander.Malformed tooLong(String where, int limit) {
        return new WordExpander.Malformed(
                "variables put more than " + limit + " characters into " + where,
                "Set shorter values, or put long ones into files and COPY them.");
    }
}
