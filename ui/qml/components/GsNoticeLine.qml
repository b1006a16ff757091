pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// One line of the one-time sheet; a row of `ui.controllers.notice`.
GsCard {
    id: line

    required property string subject
    required property string ref
    required property string title
    required property string answer
    required property string member
    required property string reason
    required property string basis
    required property string substitutes
    required property string obtain
    required property string followBy
    required property int originals
    required property int copies
    required property bool askable
    required property string tag
    required property string mood

    signal confirmed(string ref)

    padding: GsTheme.px(26)
    spacing: GsTheme.gapSmall
    edge: mood === "bad" ? GsTheme.colour.bad : mood === "ask" ? GsTheme.colour.warn : GsTheme.colour.line
    stroke: mood === "bad" || mood === "ask" ? GsTheme.px(3) : GsTheme.highContrast ? GsTheme.stroke : 1

    readonly property string papers: {
        const parts = [];
        if (originals > 0)
            parts.push(qsTr("原件 %1 份").arg(originals));
        if (copies > 0)
            parts.push(qsTr("复印件 %1 份").arg(copies));
        return parts.join(qsTr("，"));
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsText {
            Layout.fillWidth: true
            text: line.title + (line.member === "" ? "" : qsTr("（%1）").arg(line.member))
            strong: true
            lineHeight: 1.3
        }
        GsTag {
            Layout.alignment: Qt.AlignTop
            text: line.tag
            mood: line.mood === "ask" ? "warn" : line.mood
            iconName: ({
                    good: "circle-check",
                    warn: "clock",
                    bad: "alert-circle",
                    info: "files"
                })[line.mood] ?? ""
        }
    }
    GsText {
        visible: line.reason !== ""
        Layout.fillWidth: true
        text: line.reason
    }
    GsText {
        visible: line.papers !== "" && line.answer !== "satisfied"
        Layout.fillWidth: true
        text: line.papers
    }
    GsText {
        visible: line.substitutes !== ""
        Layout.fillWidth: true
        text: qsTr("没有的话，也可以用：%1").arg(line.substitutes)
    }
    GsText {
        visible: line.obtain !== ""
        Layout.fillWidth: true
        text: qsTr("在哪里拿：%1").arg(line.obtain)
    }
    GsText {
        visible: line.followBy !== ""
        Layout.fillWidth: true
        text: qsTr("写个承诺就能先办，%1 前补上。").arg(GsWords.day(line.followBy))
    }
    GsText {
        visible: line.basis !== ""
        Layout.fillWidth: true
        text: qsTr("依据：%1").arg(line.basis)
        role: "small"
        soft: true
    }
    GsButton {
        objectName: "confirm_" + line.ref
        visible: line.askable
        iconName: "check"
        text: qsTr("我符合这一条")
        onClicked: line.confirmed(line.ref)
    }
}
