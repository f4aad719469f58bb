package io.sealos.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values that win over a chart's own, given by the options of {@code helm install}. Immutable and thread-safe.
 *
 * <p>Helm applies the options in the order of {@link Option}, whatever their order on the command line, and those of
 * one option in the order in which they are given; the last one wins.
 */
public final class ChartValues {
    /** The options of Helm that give values, from the weakest to the strongest. */
    public enum Option {
        /** A file of values. */
        VALUES("--values"),
        /** {@code key=JSON}: a value of any type. */
        SET_JSON("--set-json"),
        /** {@code key=value}, several with commas between; the type is guessed. */
        SET("--set"),
        /** {@code key=value}, several with commas between; each value is a string. */
        SET_STRING("--set-string"),
        /** {@code key=file}: the value is the text of the file. */
        SET_FILE("--set-file"),
        /** {@code key=value}: the whole rest is the value. */
        SET_LITERAL("--set-literal");

        private final String flag;

        Option(String flag) {
            this.flag = flag;
        }

        /** {@return the option as it stands on the command line} */
        public String flag() {
            return flag;
        }
    }

    /**
     * One option with its argument.
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

    /** {@return no values but the chart's own} */
    public static ChartValues none() {
        return NONE;
    }

    /**
     * {@return the values of some files}
     *
     * @param files YAML files; the last one wins
     */
    public static ChartValues files(List<Path> files) {
        return of(files.stream()
                .map(file -> new Setting(Option.VALUES, file.toAbsolutePath().toString()))
                .toList());
    }

    /**
     * {@return the values that options give}
     *
     * @param settings the options in the order of the command line
     */
    public static ChartValues of(List<Setting> settings) {
        return new ChartValues(settings);
    }

    /**
     * {@return these values, and others that win over them where the option is the same}
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

    /** {@return the arguments with which a {@code helm} program is given these values} */
    public List<String> helmArguments() {
        return settings().stream()
                .map(it -> it.option().flag() + "="
                        + (it.option() == Option.VALUES ? asOne(it.argument()) : it.argument()))
                .toList();
    }

    /** Helm splits the argument of {@code --values} at commas, as a line of CSV. */
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

    /** {@return the arguments, with spaces between} */
    @Override
    public String toString() {
        return String.join(" ", helmArguments());
    }
}
