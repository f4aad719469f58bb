package io.sealos.images.internal.shell.state;

/**
 * A value that cannot be known without running the script.
 *
 * @param nature the kind of the value, which is known
 * @param cause the reason in words, such as {@code the output of kubectl}
 * @param source the address, the path in the image, the name of the variable, the number of the printed objects, or the
 *     changed part; an empty string if there is none
 */
public record Unknown(Nature nature, String cause, String source) {
    /** The kinds of unknown values. */
    public enum Nature {
        /** Any text. */
        VALUE,
        /** The value of a variable that nothing sets, which is empty in a shell. */
        VARIABLE,
        /** A value that the caller of the script may give or omit. */
        GIVEN,
        /** A text that is downloaded from an address. */
        ADDRESS,
        /** The text of a file of the image that is too large to be interpreted. */
        FILE,
        /** The objects of a directory with a kustomization. */
        KUSTOMIZATION,
        /** Objects whose images are found at the call of the program. */
        FOUND,
        /** A change that a program makes to the text before this place. */
        CHANGE
    }

    static Unknown value(String cause) {
        return new Unknown(Nature.VALUE, cause, "");
    }

    public static Unknown variable(String name) {
        return Character.isDigit(name.charAt(0))
                ? given("the argument " + name, name)
                : new Unknown(Nature.VARIABLE, "the variable " + name + ", which nothing sets", name);
    }

    public static Unknown given(String cause, String name) {
        return new Unknown(Nature.GIVEN, cause, name);
    }

    public static Unknown address(String program, String address) {
        return new Unknown(Nature.ADDRESS, "what " + program + " loads from " + address, address);
    }

    public static Unknown change(String program, boolean images) {
        return new Unknown(Nature.CHANGE, "what " + program + " changes", images ? "images" : "");
    }

    /** {@return the text of a file that a program reads} */
    static Unknown file(String name, String path) {
        return new Unknown(Nature.FILE, "the text of " + Unknowns.without(name), path);
    }

    /** {@return the output of a program of which nothing is known} */
    public static Unknown output(String program) {
        return value("the output of " + program);
    }

    /** {@return the output of a program whose images are found at its call} */
    public static Unknown found(String program) {
        return new Unknown(Nature.FOUND, "the output of " + program, "");
    }

    /** {@return the objects that a program prints without applying them, identified by a number} */
    public static Unknown found(String program, String number) {
        return new Unknown(Nature.FOUND, "the output of " + program, number);
    }

    /** {@return the objects to which a kustomization is built} */
    public static Unknown kustomization(String program, String directory) {
        return new Unknown(Nature.KUSTOMIZATION, "the output of " + program + " for " + directory, directory);
    }
}
