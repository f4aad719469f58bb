package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds that no input keeps a regular expression busy. Those of {@code java.util.regex} are constants, and each is
 * tried on texts made of its own letters: it may look at each character a bounded number of times, whatever the length.
 * Expressions that come from input are matched by RE2/J.
 */
class RegularExpressionTests {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/test/"))
            .importPackages("io.sealos");

    private static final List<String> MODULES = List.of("kubefile", "images", "layout", "oci");
    private static final Pattern CALL =
            Pattern.compile("\\.(?:matches|replaceAll|replaceFirst|split)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Set<String> TAKING_EXPRESSIONS = Set.of("matches", "replaceAll", "replaceFirst", "split");
    private static final Set<String> SEARCHING =
            Set.of("find", "replaceAll", "replaceFirst", "results", "split", "splitAsStream", "asPredicate");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+|[^A-Za-z0-9\\\\\\s]");

    /** Escaped characters and classes, in which nothing repeats. */
    private static final Pattern CLASS =
            Pattern.compile("\\\\[QE]|\\\\.|\\[\\^?]?(?:[^\\]\\\\]|\\\\.|\\[[^\\]]*\\])*+\\]");

    private static final Pattern QUANTIFIER = Pattern.compile("([^?(|])(?:[*+]|\\{[0-9]+,\\})([+?]?)");

    /** One class or escaped character that repeats, and nothing else. */
    private static final Pattern SINGLE = Pattern.compile("(?:\\\\[a-z]|\\[[^\\[\\]]+])[*+]");

    /** Those that repeat more than they should, and are tried instead: they stand where no other expression fits. */
    private static final Set<String> TRIED = Set.of(
            "io.sealos.images.internal.scan.CommandScan.PLACEHOLDER",
            "io.sealos.images.internal.finder.EnvironmentFinder.REFERENCE",
            "io.sealos.images.internal.finder.ObjectKind.MACHINE_GROUPS",
            "io.sealos.images.internal.finder.ObjectKind.POLICY_KINDS",
            "io.sealos.images.internal.finder.PropertyLines.LINE",
            "io.sealos.images.internal.finder.VariableImages.LAST_NAME",
            "io.sealos.images.internal.finder.VariableImages.VARIABLE",
            "io.sealos.images.internal.helm.DetachedSchema.DRAFT",
            "io.sealos.images.internal.helm.DetachedSchema.WORD",
            "io.sealos.images.internal.install.MadeText.BLOCK",
            "io.sealos.images.internal.install.MadeText.HOLDS_IMAGES",
            "io.sealos.images.internal.install.ManifestSource.REPOSITORY",
            "io.sealos.images.internal.sealos.CraneName.HOST",
            "io.sealos.kubefile.internal.shell.ShellGrammar.ASSIGNING",
            "io.sealos.kubefile.internal.shell.ShellTokens.ASSIGNMENT",
            "io.sealos.kubefile.internal.shell.ShellTokens.DESCRIPTOR",
            "io.sealos.internal.template.TemplateAction.NUMBER",
            "io.sealos.images.internal.shell.expand.Calculator.ASSIGNED",
            "io.sealos.layout.internal.rule.ImageListRules.TAR_LINE",
            "io.sealos.layout.internal.rule.LabelRules.DOLLAR",
            "io.sealos.layout.internal.rule.SecretRules.PRIVATE_KEY",
            "io.sealos.oci.internal.client.Challenge.PART");

    private static final int LENGTH = 1000;
    private static final int LOOKS_PER_CHARACTER = 100;

    @Test
    void patternsWhenCompiledAreConstants() {
        List<String> others = CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Pattern.class))
                .filter(call -> Set.of("compile", "matches").contains(call.getName()))
                .filter(call -> !(call.getOrigin() instanceof JavaStaticInitializer))
                .map(JavaMethodCall::getDescription)
                .toList();
        assertThat(others).isEmpty();
    }

    @Test
    void stringsWhenMatchedAreMatchedWithLiterals() throws IOException {
        List<String> others = new ArrayList<>();
        for (Call call : calls()) {
            if (call.literal().isEmpty()) {
                others.add(call.place());
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void constantsWhenMatchedTakeLinearTimeAndNoStack() throws Exception {
        List<String> slow = new ArrayList<>();
        for (Constant constant : constants()) {
            boolean single = SINGLE.matcher(constant.pattern().pattern()).matches();
            Shape shape = Shape.of(constant.pattern().pattern());
            boolean linear = shape.loops() == 0 && (constant.searched() ? shape.all() == 0 : shape.rescans() == 0);
            if (!linear && !single && !TRIED.contains(constant.place())) {
                slow.add(constant.place() + " " + constant.pattern());
            }
        }
        assertThat(slow).isEmpty();
    }

    @Test
    void constantsOfTheListWhenTriedLookAtEachCharacterAFewTimes() throws Exception {
        Map<String, String> slow = new TreeMap<>();
        for (Constant constant : constants()) {
            if (TRIED.contains(constant.place())) {
                problem(constant).ifPresent(text -> slow.put(constant.place(), text));
            }
        }
        assertThat(slow).isEmpty();
    }

    /**
     * The numbers of unbounded repetitions in an expression.
     *
     * @param all everywhere
     * @param rescans behind a place where it may take back what it took
     * @param loops of a group, where Java needs stack for each round
     */
    private record Shape(int all, int rescans, int loops) {
        static Shape of(String pattern) {
            Matcher quantifier = QUANTIFIER.matcher(CLASS.matcher(pattern).replaceAll("x"));
            int all = 0;
            int backtracking = 0;
            int rescans = 0;
            int loops = 0;
            while (quantifier.find()) {
                boolean possessive = quantifier.group(2).equals("+");
                all++;
                rescans += backtracking > 0 ? 1 : 0;
                backtracking += possessive ? 0 : 1;
                loops += !possessive && quantifier.group(1).equals(")") ? 1 : 0;
            }
            return new Shape(all, rescans, loops);
        }
    }

    /** An expression, and whether it is searched for in a text or matched with the whole of it. */
    private record Constant(String place, Pattern pattern, boolean searched) {}

    private static List<Constant> constants() throws Exception {
        List<Constant> constants = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Pattern.class)
                        && field.getModifiers().contains(JavaModifier.STATIC)) {
                    Field reflected = field.reflect();
                    reflected.setAccessible(true);
                    constants.add(new Constant(field.getFullName(), (Pattern) reflected.get(null), searches(type)));
                }
            }
        }
        assertThat(constants).hasSizeGreaterThan(20);
        for (Call call : calls()) {
            call.literal()
                    .ifPresent(it -> constants.add(new Constant(call.place(), Pattern.compile(it), call.searched())));
        }
        return constants;
    }

    private static boolean searches(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().isEquivalentTo(Matcher.class)
                        || call.getTargetOwner().isEquivalentTo(Pattern.class))
                .anyMatch(call -> SEARCHING.contains(call.getName()));
    }

    /** A call of a method of String that takes an expression, with the expression if it is a literal. */
    private record Call(String place, Optional<String> literal, boolean searched) {}

    private static List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                if (call.getTargetOwner().isEquivalentTo(String.class) && TAKING_EXPRESSIONS.contains(call.getName())) {
                    String place = type.getName() + ":" + call.getLineNumber();
                    calls.add(new Call(place, literal(call), !call.getName().equals("matches")));
                }
            }
        }
        assertThat(calls).hasSizeGreaterThan(20);
        return calls;
    }

    private static Optional<String> literal(JavaMethodCall call) throws IOException {
        List<String> lines = Files.readAllLines(source(call.getOriginOwner()));
        int line = call.getLineNumber() - 1;
        Matcher written = CALL.matcher(lines.get(line) + (line + 1 < lines.size() ? lines.get(line + 1) : ""));
        return written.find() ? Optional.of(written.group(1).translateEscapes()) : Optional.empty();
    }

    private static Path source(JavaClass type) {
        String file = type.getPackageName().replace('.', '/') + "/"
                + type.getSource().orElseThrow().getFileName().orElseThrow();
        return MODULES.stream()
                .map(module -> Path.of("../sealos-" + module + "/src/main/java").resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no source of " + type.getName()));
    }

    private static Optional<String> problem(Constant constant) {
        for (String text : texts(constant.pattern().pattern())) {
            try {
                Matcher matcher =
                        constant.pattern().matcher(new CountedText(text, (long) LOOKS_PER_CHARACTER * text.length()));
                if (constant.searched()) {
                    findAll(matcher);
                } else {
                    matcher.matches();
                }
            } catch (TooManyLooks e) {
                return Optional.of("is slow on " + text.substring(0, 20));
            } catch (StackOverflowError e) {
                return Optional.of("needs stack for " + text.substring(0, 20));
            }
        }
        return Optional.empty();
    }

    private static void findAll(Matcher matcher) {
        while (matcher.find()) {
            matcher.end();
        }
    }

    private static Set<String> texts(String pattern) {
        Set<String> words = new LinkedHashSet<>(List.of("a", "0", " ", "\n", "\\"));
        Matcher word = WORD.matcher(pattern);
        while (word.find()) {
            words.add(word.group());
        }
        Set<String> texts = new LinkedHashSet<>();
        for (String first : words) {
            for (String second : words) {
                String both = first + second;
                texts.add(both.repeat(LENGTH / both.length()));
                texts.add(first + second.repeat(LENGTH / second.length()));
            }
        }
        return texts;
    }

    /** Thrown when a match reads characters too often. */
    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super(null, null, false, false);
        }
    }

    /** A text that counts how often it is looked at. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private final long most;
        private long looks;

        CountedText(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public char charAt(int index) {
            if (++looks > most) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
