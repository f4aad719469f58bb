package io.sealos.oci.internal.progress;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process.
 *
 * @param isInteractive whether the standard input and output are those of a terminal
 * @param environment the environment variables
 */
public record Terminal(boolean isInteractive, Map<String, String> environment) {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 200;

    /** {@return the terminal of this process} */
    public static Terminal ofProcess() {
        return new Terminal(isTerminal(System.console()), System.getenv());
    }

    /**
     * {@return whether a console is a terminal} Up to Java 21, there is a console only if it is one. Since Java 22, a
     * method of the console tells.
     */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            // A console that cannot tell is not drawn on.
            return false;
        }
    }

    /** {@return whether a line can be drawn again in place, for a person who looks at it} */
    public boolean canRedraw() {
        String ci = environment.getOrDefault("CI", "");
        return isInteractive
                && (ci.isEmpty() || ci.equals("false"))
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** {@return the number of columns according to {@code COLUMNS}, from 40 to 200; 80 if that is not set} */
    public int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}")
                ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)))
                : USUAL_WIDTH;
    }
}
