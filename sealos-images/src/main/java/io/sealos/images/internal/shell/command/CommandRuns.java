package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The commands that {@code xargs} and {@code find -exec} run for the lines that they read or the files that they find.
 */
public final class CommandRuns {
    private static final int MOST = 200;
    private static final Set<String> WITH_ARGUMENT = Set.of("-n", "-L", "-P", "-I", "-d", "-s", "-E", "-a");
    private static final String PLACE = "{}";

    private CommandRuns() {}

    /** {@return the words of each command; empty if there is none, or if the call is not supported} */
    public static List<List<String>> of(Command command, ShellState state, Unknowns unknowns) {
        return switch (command.name()) {
            case "xargs" -> ofXargs(command.arguments(), state, unknowns);
            case "find" -> ofFind(command.arguments(), state, unknowns);
            default -> List.of();
        };
    }

    private static List<List<String>> ofXargs(List<String> arguments, ShellState state, Unknowns unknowns) {
        int at = 0;
        int most = Integer.MAX_VALUE;
        String place = "";
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            String option = arguments.get(at);
            boolean apart = WITH_ARGUMENT.contains(option) && at + 1 < arguments.size();
            String value = apart ? arguments.get(at + 1) : option.substring(Math.min(2, option.length()));
            if (option.startsWith("-n") || option.startsWith("-L")) {
                most = value.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(value) : most;
            } else if (option.startsWith("-I") || option.equals("-i")) {
                place = value.isEmpty() ? PLACE : value;
            }
            at += apart ? 2 : 1;
        }
        List<String> words = arguments.subList(at, arguments.size());
        String input = state.input == null ? unknowns.mark("the input of xargs") : state.input;
        if (words.isEmpty()) {
            return List.of();
        }
        return place.isEmpty()
                ? behind(
                        words, Arrays.stream(input.strip().split("[\\s\\x00]+")).toList(), most)
                : inPlace(words, place, input.strip().lines().toList());
    }

    private static List<List<String>> ofFind(List<String> arguments, ShellState state, Unknowns unknowns) {
        int start = arguments.contains("-exec") ? arguments.indexOf("-exec") : arguments.indexOf("-execdir");
        if (start < 0) {
            return List.of();
        }
        List<String> words = arguments.subList(start + 1, arguments.size()).stream()
                .takeWhile(it -> !it.equals(";") && !it.equals("+"))
                .toList();
        List<String> found = FindCommand.run(arguments.subList(0, start), state)
                .map(it -> it.lines().toList())
                .orElseGet(() -> List.of(unknowns.mark("the output of find")));
        return words.isEmpty() ? List.of() : inPlace(words, PLACE, found);
    }

    private static List<List<String>> behind(List<String> words, List<String> arguments, int most) {
        List<List<String>> runs = new ArrayList<>();
        for (int at = 0; at < arguments.size() && runs.size() < MOST; at += most) {
            List<String> run = new ArrayList<>(words);
            run.addAll(arguments.subList(at, (int) Math.min(arguments.size(), (long) at + most)));
            runs.add(run);
            if (most == Integer.MAX_VALUE) {
                break;
            }
        }
        return runs;
    }

    private static List<List<String>> inPlace(List<String> words, String place, List<String> arguments) {
        return arguments.stream()
                .limit(MOST)
                .map(argument ->
                        words.stream().map(it -> it.replace(place, argument)).toList())
                .toList();
    }
}
