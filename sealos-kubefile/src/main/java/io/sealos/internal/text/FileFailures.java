package io.sealos.internal.text;

import io.sealos.internal.files.NotWrittenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/**
 * Adds to exceptions of the JDK what their messages lack: a reason where they only have the name of a file, and the
 * name of what was read or written where they only have a reason.
 */
public final class FileFailures {
    private FileFailures() {}

    /** An operation that reads or writes files. */
    @FunctionalInterface
    public interface Operation<T> {
        /** {@return the result} */
        T run() throws IOException;
    }

    /**
     * {@return the result of an operation}
     *
     * @param subject what is read or written, for exceptions that name no file
     * @param operation the operation
     * @throws IOException if the operation fails; its message has the file and the reason
     */
    public static <T> T explained(Object subject, Operation<T> operation) throws IOException {
        try {
            return checked(operation);
        } catch (ClosedChannelException e) {
            throw e; // The caller turns an interrupt into another exception.
        } catch (FileSystemException e) {
            throw withReason(e);
        } catch (IOException e) {
            throw isOfJdk(e) ? withSubject(subject, e) : e;
        }
    }

    /** Unwraps the exceptions of streams and directory listings. */
    private static <T> T checked(Operation<T> operation) throws IOException {
        try {
            return operation.run();
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /** {@return an exception with a reason, if it has none and its type says what it is} */
    public static FileSystemException withReason(FileSystemException e) {
        if (e.getReason() != null) {
            return e;
        }
        String file = e.getFile();
        String other = e.getOtherFile();
        if (file == null || file.contains(": ")) {
            return e;
        }
        FileSystemException explained = e;
        if (e instanceof NoSuchFileException) {
            explained = new NoSuchFileException(file, other, "there is no such file or directory; check the path");
        } else if (e instanceof AccessDeniedException) {
            explained = new AccessDeniedException(file, other, "access is denied; check the permissions");
        } else if (e instanceof FileAlreadyExistsException) {
            explained = new FileAlreadyExistsException(file, other, "exists already; remove it or name another path");
        } else if (e instanceof NotDirectoryException) {
            explained = new NotDirectoryException(file + ": is not a directory; check the path");
        } else if (e instanceof FileSystemLoopException) {
            explained = new FileSystemLoopException(file + ": is in a loop of symbolic links; remove one of them");
        }
        if (explained != e) {
            explained.initCause(e);
        }
        return explained;
    }

    /**
     * {@return whether the JDK has created the exception} Its messages are often only those of the operating system.
     */
    private static boolean isOfJdk(IOException e) {
        StackTraceElement[] trace = e.getStackTrace();
        String module = trace.length == 0 ? null : trace[0].getModuleName();
        return e.getClass().equals(IOException.class)
                && module != null
                && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    private static FileSystemException withSubject(Object subject, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (NotWrittenException.isFullDisk(e)) {
            reason += "; free space there, or write to another file system";
        }
        FileSystemException explained = new FileSystemException(subject.toString(), null, reason);
        explained.initCause(e);
        return explained;
    }
}
