package org.betadrift.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.betadrift.model.InvalidInputException;
import org.junit.jupiter.api.Test;

/** {@code --factors} of one target and of several. */
class FactorsOptionTest {
    private static final List<String> ABC = List.of("A", "B", "C:1");

    @Test
    void commonOnesAreEverybodys() {
        FactorsOption factors = FactorsOption.parse("MKT, [Mkt;RF]", ABC);
        assertThat(factors.of("A")).containsExactly("MKT", "Mkt;RF").isEqualTo(factors.of("B")).isEqualTo(factors.all());
        assertThat(factors.words()).isEqualTo("on MKT, Mkt;RF");
        assertThat(FactorsOption.parse(null, ABC).all()).isEmpty();
        assertThat(FactorsOption.parse(null, ABC).words()).isEmpty();
    }

    @Test
    void ownOnesComeAfterThem() {
        FactorsOption factors = FactorsOption.parse("MKT; A:SMB,HML;[C:1]: OIL,SMB", ABC);
        assertThat(factors.of("A")).containsExactly("MKT", "SMB", "HML");
        assertThat(factors.of("B")).containsExactly("MKT");
        assertThat(factors.of("C:1")).containsExactly("MKT", "OIL", "SMB");
        assertThat(factors.all()).containsExactly("MKT", "SMB", "HML", "OIL");
        assertThat(factors.words()).isEqualTo("on MKT; A on SMB, HML too; C:1 on OIL, SMB too");
    }

    @Test
    void nothingNeedBeCommon() {
        FactorsOption factors = FactorsOption.parse("A:SMB;B:[x:y]", ABC);
        assertThat(factors.of("A")).containsExactly("SMB");
        assertThat(factors.of("B")).containsExactly("x:y");
        assertThat(factors.of("C:1")).isEmpty();
        assertThat(factors.words()).isEqualTo("A on SMB; B on x:y");
    }

    @Test
    void whatIsWrongIsSaid() {
        refused("MKT;D:SMB", "factors of D: no target named D: did you mean A? present are A, B, C:1");
        refused("MKT;A:SMB;A:HML", "factors of A is given twice, but once is enough: write them in one list");
        refused("MKT;SMB", "--factors is \"MKT;SMB\", but after a semicolon a target has factors of its own: write COMMON,COMMON;TARGET:COL,COL");
        refused("A,B:SMB", "--factors is \"A,B:SMB\", but one target stands before a colon: write TARGET:COL,COL;TARGET:COL");
        refused("MKT;", "after a semicolon");
        refused("MKT;A:", "a name is empty");
        refused(";A:SMB", "a name is empty");
        refused("MKT;A:[SMB", "a bracket is not closed");
    }

    private static void refused(String text, String words) {
        assertThatThrownBy(() -> FactorsOption.parse(text, ABC)).isInstanceOf(InvalidInputException.class).hasMessageContaining(words);
    }
}
