package io.sealos.images.internal.shell.state;

/**
 * Something that cannot be told without running a script.
 *
 * @param nature what is known of it all the same
 * @param cause the reason in words, such as {@code the output of kubectl}
 * @param source the address, the path in the image, the name of the variable, the number of what was printed, or what
 *     is changed; empty where there is none
 */
public record Unknown(Nature nature, String cause, String source) {
    /** The natures of what is not known. */
    public enum Nature {
        /** Any text. */
        VALUE,
        /** The value of a variable that nothing sets, which a shell takes as empty. */
        VARIABLE,
        /** A value that the caller of the script may give or leave out. */
        GIVEN,
        /** A text that is loaded from an address. */
        ADDRESS,
        /** The text of a file of the image that is too large to be followed. */
        FILE,
        /** The objects that a directory with a kustomization stands for. */
        KUSTOMIZATION,
        /** Objects whose images are found where the program is called. */
        FOUND,
        /** A change that a program makes in the text before this place. */
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

    /** The text of a file that a program reads. */
    static Unknown file(String name, String path) {
        return new Unknown(Nature.FILE, "the text of " + Unknowns.without(name), path);
    }

    /** The output of a program of which nothing is known. */
    public static Unknown output(String program) {
        return value("the output of " + program);
    }

    /** The output of a program whose images are found at its call. */
    public static Unknown found(String program) {
        return new Unknown(Nature.FOUND, "the output of " + program, "");
    }

    /** The objects that a program prints without applying them, by their number. */
    public static Unknown found(String program, String number) {
        return new Unknown(Nature.FOUND, "the output of " + program, number);
    }

    /** The objects that a kustomization is built to. */
    public static Unknown kustomization(String program, String directory) {
        return new Unknown(Nature.KUSTOMIZATION, "the output of " + program + " for " + directory, directory);
    }
}
