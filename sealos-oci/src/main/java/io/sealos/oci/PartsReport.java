package io.sealos.oci;

import io.sealos.internal.text.Count;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of {@link ArchiveParts#verify}. Immutable and thread-safe.
 *
 * @param partsFile the parts file
 * @param parts the number of parts of the archive
 * @param bytes the size of the whole archive in bytes
 * @param damages the parts that are missing or damaged, in the order of their numbers; empty for complete parts
 * @since 0.1.0
 */
public record PartsReport(Path partsFile, int parts, long bytes, List<Damage> damages) {
    /**
     * Copies the list.
     *
     * @param partsFile the parts file
     * @param parts the number of parts of the archive
     * @param bytes the size of the whole archive in bytes
     * @param damages the parts that are missing or damaged, in the order of their numbers; empty for complete parts
     */
    public PartsReport {
        damages = List.copyOf(damages);
    }

    /**
     * A part that is missing or damaged.
     *
     * @param number the number of the part, from 1, as {@link ArchiveParts#only} takes it
     * @param name the name of its file
     * @param problem the problem, such as {@code is missing}
     */
    public record Damage(int number, String name, String problem) {
        /** {@return the name and the problem} */
        @Override
        public String toString() {
            return name + " " + problem;
        }
    }

    /** {@return whether all parts are there and have their digests} */
    public boolean isComplete() {
        return damages.isEmpty();
    }

    /** {@return the numbers of the parts that are missing or damaged, in ascending order} */
    public List<Integer> numbers() {
        return damages.stream().map(Damage::number).toList();
    }

    /** {@return one line with the counts, and one line for each part that is missing or damaged} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(partsFile + ": " + Count.of(parts, "part") + ", "
                + Count.of(bytes, "byte") + ", " + damages.size() + " missing or damaged");
        damages.forEach(damage -> text.append('\n').append(damage));
        return text.toString();
    }
}
