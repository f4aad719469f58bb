package io.sealos.oci;

import io.sealos.internal.text.Count;
import io.sealos.oci.internal.read.PartsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@link ArchiveParts#verify}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PartsReport {
    private final PartsFile file;
    private final List<Damage> damages;

    private PartsReport(PartsFile file, List<Damage> damages) {
        this.file = file;
        this.damages = damages;
    }

    static PartsReport of(PartsFile file, BuildListener listener) throws IOException {
        return new PartsReport(
                file, file.damages(listener).stream().map(Damage::new).toList());
    }

    /** {@return the parts file} */
    public Path partsFile() {
        return file.file();
    }

    /** {@return the number of parts of the archive} */
    public int parts() {
        return file.parts().size();
    }

    /** {@return the size of the whole archive in bytes} */
    public long bytes() {
        return file.size();
    }

    /** {@return the parts that are missing or damaged, in the order of their numbers; empty for complete parts} */
    public List<Damage> damages() {
        return damages;
    }

    /** A part that is missing or damaged. Immutable and thread-safe. */
    public static final class Damage {
        private final PartsFile.Damage damage;

        private Damage(PartsFile.Damage damage) {
            this.damage = damage;
        }

        /** {@return the number of the part, from 1, as {@link ArchiveParts#only} takes it} */
        public int number() {
            return damage.number();
        }

        /** {@return the name of its file} */
        public String name() {
            return damage.name();
        }

        /** {@return the problem, such as {@code is missing}} */
        public String problem() {
            return damage.problem();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Damage that && damage.equals(that.damage);
        }

        @Override
        public int hashCode() {
            return damage.hashCode();
        }

        /** {@return the name and the problem} */
        @Override
        public String toString() {
            return damage.toString();
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

    @Override
    public boolean equals(Object other) {
        return other instanceof PartsReport that && file.equals(that.file) && damages.equals(that.damages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, damages);
    }

    /** {@return one line with the counts, and one line for each part that is missing or damaged} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(partsFile() + ": " + Count.of(parts(), "part") + ", "
                + Count.of(bytes(), "byte") + ", " + damages.size() + " missing or damaged");
        damages.forEach(damage -> text.append('\n').append(damage));
        return text.toString();
    }
}
