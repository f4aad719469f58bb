package io.sealos.images;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Values that override those of a chart, given by options of {@code helm install}. Immutable and thread-safe.
 *
 * <p>Helm applies the options in the order of {@link Option}, regardless of their order on the command line. It applies
 * repetitions of one option in the order in which they are given, and a later one overrides an earlier one.
 *
 * @since 0.1.0
 */
public final class ChartValues {
    /** The options of Helm that give values. A later one overrides an earlier one. */
    public enum Option {
        /** A file of values. */
        VALUES("--values"),
        /** An expression {@code key=JSON}, which sets a value of any type. */
        SET_JSON("--set-json"),
        /** Expressions {@code key=value}, separated by commas; Helm infers the type of each value. */
        SET("--set"),
        /** Expressions {@code key=value}, separated by commas; each value is a string. */
        SET_STRING("--set-string"),
        /** An expression {@code key=file}; the value is the text of the file. */
        SET_FILE("--set-file"),
        /** An expression {@code key=value}; all characters after the equals sign are the value. */
        SET_LITERAL("--set-literal");

        private final String flag;

        Option(String flag) {
            this.flag = flag;
        }

        /** {@return the option as written on the command line} */
        public String flag() {
            return flag;
        }
    }

    /**
     * An option with its argument. Immutable and thread-safe.
     *
     * @param option the option
     * @param argument the path of a file, or the expression in Helm's own grammar
     */
    public record Setting(Option option, String argument) {}

    private static final ChartValues NONE = new ChartValues(List.of());

    private final List<Setting> settings;

    private ChartValues(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /** {@return an empty set of values, which leaves those of the chart unchanged} */
    public static ChartValues none() {
        return NONE;
    }

    /**
     * {@return the values in files}
     *
     * @param files YAML files on disk; a later one overrides an earlier one
     * @throws IllegalArgumentException if a file is in a file system other than the default one, where Helm cannot read
     *     it
     */
    public static ChartValues files(List<Path> files) {
        return of(files.stream().map(ChartValues::file).toList());
    }

    /** {@return the option for a file on disk} */
    static Setting file(Path file) {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("the file of values '" + file + "' is not on disk, where Helm reads it;"
                    + " write it to a file of the default file system");
        }
        return new Setting(Option.VALUES, file.toAbsolutePath().toString());
    }

    /**
     * {@return the values given by options}
     *
     * @param settings the options in the order of the command line
     */
    public static ChartValues of(List<Setting> settings) {
        Objects.requireNonNull(settings, "settings");
        return new ChartValues(settings);
    }

    /**
     * {@return these values followed by others, which override them if they are given by the same option}
     *
     * @param others the other values
     */
    public ChartValues and(ChartValues others) {
        List<Setting> all = new ArrayList<>(settings);
        all.addAll(others.settings);
        return new ChartValues(all);
    }

    /** {@return the options in the order in which Helm applies them} */
    public List<Setting> settings() {
        return Arrays.stream(Option.values())
                .flatMap(option -> settings.stream().filter(it -> it.option() == option))
                .toList();
    }

    /** {@return the command-line arguments that pass these values to a {@code helm} program} */
    public List<String> helmArguments() {
        return settings().stream()
                .map(it -> it.option().flag() + "="
                        + (it.option() == Option.VALUES ? asOne(it.argument()) : it.argument()))
                .toList();
    }

    /**
     * Quotes a path if necessary, because Helm splits the argument of {@code --values} at commas, like a line of CSV.
     */
    private static String asOne(String file) {
        return file.matches("[^,\"]*") ? file : '"' + file.replace("\"", "\"\"") + '"';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChartValues that && settings().equals(that.settings());
    }

    @Override
    public int hashCode() {
        return settings().hashCode();
    }

    /** {@return the arguments, separated by spaces} */
    @Override
    public String toString() {
        return String.join(" ", helmArguments());
    }
}
