package io.sealos.oci.internal.client;

import io.sealos.internal.files.PlacedProblem;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thrown when an image cannot be transferred. Contains the image, the host, the status and a fix. */
public final class TransferException extends IOException implements PlacedProblem {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final String host;
    private final int status;
    private final String problem;
    private final String hint;

    public TransferException(String image, String host, int status, String problem, String hint) {
        this(image, host, status, problem, hint, null);
    }

    /** Creates an exception. Unknown parts are empty; the status is 0 if there was no response. */
    public TransferException(
            String image, String host, int status, String problem, String hint, @Nullable Throwable cause) {
        super(Printable.message(image + ": " + problem + (hint.isEmpty() ? "" : "; " + hint)), cause);
        this.image = image;
        this.host = host;
        this.status = status;
        this.problem = Printable.message(problem);
        this.hint = Printable.message(hint);
    }

    /** Returns this failure with those of the mirrors that were tried before. */
    TransferException after(List<TransferException> mirrors) {
        if (mirrors.isEmpty()) {
            return this;
        }
        String before = mirrors.stream().map(TransferException::problem).collect(Collectors.joining("; "));
        TransferException all =
                new TransferException(image, host, status, problem + " (mirror " + before + ")", hint, getCause());
        mirrors.forEach(all::addSuppressed);
        return all;
    }

    /** Returns whether the failure is local, so trying another host does not help. */
    boolean isLocal() {
        return host.isEmpty();
    }

    public String host() {
        return host;
    }

    public int status() {
        return status;
    }

    @Override
    public String place() {
        return Printable.message(image);
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public String fix() {
        return hint;
    }

    public String hint() {
        return hint;
    }
}
