pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Blank forms and samples of one item: the list, or the one looked at. A sample says so over everything else.
ColumnLayout {
    id: pane

    required property SpecimensController papers

    spacing: GsTheme.gap

    function kindName(kind: string): string {
        return ({
                blank: qsTr("空白表"),
                sample: qsTr("样表"),
                result: qsTr("办好后的样子")
            })[kind] ?? "";
    }
    function kindNote(kind: string): string {
        return ({
                blank: qsTr("可以打印出来，在家填好带来。"),
                sample: qsTr("教您怎么填，里面的人是假的，不要交这一张。"),
                result: qsTr("给您看看办好以后拿到的是什么样，不作凭证。")
            })[kind] ?? "";
    }

    Repeater {
        model: pane.papers.shown === "" ? pane.papers.rows : null
        GsChoice {
            required property string specimen
            required property string title
            required property string kind
            Layout.fillWidth: true
            objectName: "specimen_" + specimen
            text: title
            note: pane.kindName(kind)
            iconName: kind === "sample" ? "file-check" : kind === "result" ? "file-certificate" : "file-text"
            onClicked: pane.papers.show(specimen)
        }
    }
    GsButton {
        objectName: "allSpecimens"
        visible: pane.papers.shown !== ""
        small: true
        text: qsTr("看别的表")
        iconName: "arrow-left"
        onClicked: pane.papers.show("")
    }
    GsBanner {
        visible: pane.papers.shown !== ""
        Layout.fillWidth: true
        mood: pane.papers.kind === "blank" ? "info" : "warn"
        text: pane.kindName(pane.papers.kind)
        action: pane.kindNote(pane.papers.kind)
    }
    GsCard {
        visible: pane.papers.shown !== ""
        Layout.fillWidth: true
        spacing: GsTheme.gap
        padding: GsTheme.px(28)

        GsText {
            Layout.fillWidth: true
            text: pane.papers.title
            role: "lead"
            strong: true
        }
        Repeater {
            model: pane.papers.lines
            ColumnLayout {
                id: line
                required property string label
                required property string value
                Layout.fillWidth: true
                spacing: GsTheme.gapTiny
                GsText {
                    Layout.fillWidth: true
                    text: line.label
                    role: "small"
                    soft: true
                }
                GsText {
                    Layout.fillWidth: true
                    text: line.value === "" ? " " : line.value
                    strong: pane.papers.kind === "sample"
                }
                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: 1
                    color: GsTheme.colour.line
                }
            }
        }
        GsText {
            visible: pane.papers.text !== ""
            Layout.fillWidth: true
            text: pane.papers.text
        }
    }
}
