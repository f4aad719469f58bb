package io.sealos.kubefile.internal.words;

/**
 * A word of an instruction.
 *
 * @param text the word as it is read
 * @param start the index of its first character in the line
 * @param end the index just after its last character
 */
public record SourceWord(String text, int start, int end) {}
