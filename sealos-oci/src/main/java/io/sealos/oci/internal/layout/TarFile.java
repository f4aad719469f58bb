package io.sealos.oci.internal.layout;

import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.progress.CountedInputStream;
import io.sealos.oci.internal.progress.FileReport;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.read.InterruptibleInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar of files, with the same bytes whenever and wherever it is written. */
final class TarFile {
    private static final int FILE_MODE = 0100644;
    private static final int BLOCK = 512;
    private static final int END = 2 * BLOCK;

    private final Map<String, Path> members;

    /** Creates a tar of files by the names of its members, in this order. */
    TarFile(Map<String, Path> members) {
        this.members = new LinkedHashMap<>(members);
    }

    /** Returns the size of the tar in bytes, without the extended headers of members above 8 GiB. */
    long size() throws IOException {
        long size = END;
        for (Path member : members.values()) {
            size += BLOCK + (Files.size(member) + BLOCK - 1) / BLOCK * BLOCK;
        }
        return size;
    }

    /** Writes the tar to a place of its own. */
    interface Writing<T> {
        T run() throws IOException;
    }

    /** Runs the writing of the tar as a phase, which is complete when the last bytes have reached the disk. */
    <T> T inPhase(BuildListener listener, Writing<T> writing) throws IOException {
        long size = 0;
        for (Path member : members.values()) {
            size += Files.size(member);
        }
        try (PhaseRun phase = PhaseRun.start(listener, BuildPhase.WRITE, members.size(), size)) {
            T result = writing.run();
            phase.complete();
            return result;
        }
    }

    /** Writes the tar to a stream, which stays open. */
    void writeTo(OutputStream out, BuildListener listener) throws IOException {
        // Closing would close the stream as well; the tar itself holds nothing open.
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (Map.Entry<String, Path> member : members.entrySet()) {
            add(tar, member.getKey(), member.getValue(), listener);
        }
        tar.finish();
        out.flush();
    }

    private static void add(TarArchiveOutputStream tar, String name, Path content, BuildListener listener)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        FileReport report = new FileReport(listener, name, Files.size(content));
        entry.setSize(Files.size(content));
        entry.setMode(FILE_MODE);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setIds(0, 0);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        try (InputStream in =
                new CountedInputStream(new InterruptibleInput(Files.newInputStream(content)), report::written)) {
            in.transferTo(tar);
        }
        tar.closeArchiveEntry();
        report.finished(false);
    }
}
