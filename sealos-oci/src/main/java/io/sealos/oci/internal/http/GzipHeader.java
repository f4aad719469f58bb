package io.sealos.oci.internal.http;

/** Parses the header of a <a href="https://www.rfc-editor.org/rfc/rfc1952#page-5">gzip</a> member byte by byte. */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int FLAGS = 3;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int FIELDS = CHECKSUM | EXTRA | NAME | COMMENT;

    private int position;
    private int flags;
    private int extra;
    private int extraLength;
    private int checksum;

    boolean isEmpty() {
        return position == 0;
    }

    /** Takes the next byte, and returns whether it was the last one of the header. */
    boolean isOver(byte one) {
        if (position == FIXED) {
            field(one);
        } else {
            flags = position == FLAGS ? one & FIELDS : flags;
            position++;
        }
        return position == FIXED && flags == 0;
    }

    /** Takes a byte of the optional fields, in their order. The flag of a field is cleared at its end. */
    private void field(byte one) {
        if ((flags & EXTRA) != 0) {
            extra(one & 0xff);
        } else if ((flags & NAME) != 0) {
            flags = one == 0 ? flags & ~NAME : flags;
        } else if ((flags & COMMENT) != 0) {
            flags = one == 0 ? flags & ~COMMENT : flags;
        } else {
            checksum++;
            flags = checksum == 2 ? 0 : flags;
        }
    }

    private void extra(int one) {
        extra++;
        if (extra <= 2) {
            extraLength |= extra == 1 ? one : one << 8;
        }
        if (extra >= 2 && extra == 2 + extraLength) {
            flags &= ~EXTRA;
        }
    }
}
