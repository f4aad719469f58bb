package io.sealos.images.internal.values;

/** Thrown when values are not valid, so that Helm would refuse them as well. */
public final class ValuesException extends Exception {
    private static final long serialVersionUID = 1L;

    ValuesException(String message) {
        super(message);
    }
}
