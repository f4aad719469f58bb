package io.sealos.internal.chart;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name and version in a {@code Chart.yaml}.
 *
 * @param name the name; an empty string if it has none
 * @param version the version; an empty string if it has none
 */
public record ChartFile(String name, String version) {
    /** The file name. */
    public static final String NAME = "Chart.yaml";
    /** The largest size that is read, in bytes. */
    public static final int LARGEST = 1024 * 1024;

    private static final Pattern NAME_LINE = Pattern.compile("(?m)^name:[ \t]{0,100}[\"']?([A-Za-z0-9._-]{1,300})");

    private static final Pattern VERSION_LINE =
            Pattern.compile("(?m)^version:[ \t]{0,100}[\"']?([A-Za-z0-9.+_-]{1,300})");

    /** {@return the fields of a file} */
    public static ChartFile parse(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return new ChartFile(field(text, NAME_LINE), field(text, VERSION_LINE));
    }

    private static String field(String text, Pattern field) {
        Matcher line = field.matcher(text);
        return line.find() ? line.group(1) : "";
    }
}
