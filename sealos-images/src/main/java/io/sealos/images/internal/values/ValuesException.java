package io.sealos.images.internal.values;

/** Values that Helm would refuse, too. */
public final class ValuesException extends Exception {
    private static final long serialVersionUID = 1L;

    ValuesException(String message) {
        super(message);
    }
}
