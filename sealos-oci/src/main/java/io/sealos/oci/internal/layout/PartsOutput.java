package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.PartsFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the stream of an archive into parts. */
final class PartsOutput extends OutputStream {
    private final PartNames names;
    private final long partSize;
    private final Set<Integer> only;
    private final Path scratch;
    private final Completed completed;
    private final MessageDigest hash = Digests.start("sha256");
    private final List<PartsFile.Part> parts = new ArrayList<>();
    private @Nullable PartOutput current;

    /** Receives each part when it is complete. */
    interface Completed {
        void part(PartOutput part) throws IOException;
    }

    /**
     * Creates an output.
     *
     * @param only the numbers of the parts that are written; empty for all
     * @param scratch a directory on the file system of the parts
     */
    PartsOutput(PartNames names, long partSize, Set<Integer> only, Path scratch, Completed completed) {
        this.names = names;
        this.partSize = partSize;
        this.only = only;
        this.scratch = scratch;
        this.completed = completed;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        hash.update(bytes, offset, length);
        for (int done = 0; done < length; ) {
            PartOutput part = part();
            int next = (int) Math.min(length - done, partSize - part.size());
            part.write(bytes, offset + done, next);
            done += next;
            if (part.size() == partSize) {
                complete();
            }
        }
    }

    private PartOutput part() throws IOException {
        if (current == null) {
            int number = parts.size() + 1;
            Path file = names.part(number);
            current = only.isEmpty() || only.contains(number)
                    ? PartOutput.open(file, scratch.resolve(String.valueOf(file.getFileName())))
                    : PartOutput.counted(file);
        }
        return current;
    }

    private void complete() throws IOException {
        if (current != null) {
            PartOutput part = current;
            current = null;
            try (part) {
                parts.add(part.complete());
            }
            completed.part(part);
        }
    }

    /** Completes the last part, and returns the parts file. */
    PartsFile finish() throws IOException {
        complete();
        return new PartsFile(names.partsFile(), Digests.finish("sha256", hash), parts);
    }

    /** Closes the part that is being written when the archive could not be completed. */
    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
