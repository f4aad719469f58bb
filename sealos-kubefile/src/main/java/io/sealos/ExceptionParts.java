package io.sealos;

import io.sealos.internal.files.PlacedProblem;
import io.sealos.internal.text.FileFailures;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The parts of an exception, of its causes and of its suppressed exceptions. Used once. */
final class ExceptionParts {
    private static final String BEFORE_PROBLEM = ": ";
    private static final String BEFORE_FIX = "; ";

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** {@return the parts of an exception, then those of its suppressed exceptions} */
    List<SealosException.Part> of(Throwable exception) {
        if (!seen.add(exception)) {
            return List.of();
        }
        List<SealosException.Part> parts = new ArrayList<>(ofCauses(exception));
        for (Throwable suppressed : exception.getSuppressed()) {
            of(suppressed).stream().filter(part -> !parts.contains(part)).forEach(parts::add);
        }
        return parts;
    }

    /** A cause that has parts is more exact than the message of what wraps it, and a message than its own causes. */
    private List<SealosException.Part> ofCauses(Throwable exception) {
        if (exception instanceof SealosException refusal) {
            return refusal.parts();
        }
        if (exception instanceof PlacedProblem problem) {
            return List.of(new SealosException.Part(problem.place(), problem.problem(), problem.fix()));
        }
        Throwable cause = exception.getCause();
        if (isByDesign(exception) && (cause == null || !isExact(cause))) {
            return List.of(ofMessage(exception));
        }
        return cause == null ? List.of() : of(cause);
    }

    /** {@return whether an exception or one of its causes has parts of its own} */
    private static boolean isExact(Throwable exception) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = exception;
        while (cause != null && chain.add(cause)) {
            if (cause instanceof SealosException || cause instanceof PlacedProblem) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** {@return whether the message of an exception is for people} Wrappers only repeat what they wrap. */
    private static boolean isByDesign(Throwable exception) {
        return exception instanceof IOException
                || exception instanceof IllegalArgumentException
                || exception instanceof IllegalStateException;
    }

    private static SealosException.Part ofMessage(Throwable exception) {
        if (exception instanceof FileSystemException file) {
            return ofFile(FileFailures.withReason(file));
        }
        return part("", Objects.requireNonNullElse(exception.getMessage(), ""), exception);
    }

    /** {@return the part of a failure of a file} Some types have no reason, and are created with a whole message. */
    private static SealosException.Part ofFile(FileSystemException failure) {
        String file = Objects.requireNonNullElse(failure.getFile(), "");
        if (failure.getReason() != null) {
            return part(file, failure.getReason(), failure);
        }
        int end = file.indexOf(BEFORE_PROBLEM);
        return end < 0
                ? part(file, "", failure)
                : part(file.substring(0, end), file.substring(end + BEFORE_PROBLEM.length()), failure);
    }

    private static SealosException.Part part(String place, String message, Throwable exception) {
        int end = message.lastIndexOf(BEFORE_FIX);
        String problem = end < 0 ? message : message.substring(0, end);
        String fix = end < 0 ? "" : message.substring(end + BEFORE_FIX.length());
        return new SealosException.Part(
                place, problem.isBlank() ? exception.getClass().getSimpleName() : problem, fix);
    }
}
