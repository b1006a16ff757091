pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// What happens after the case was taken, in plain words. `deliverBy` is the ISO day by which it is delivered,
// `delivered` whether it is already.
GsCard {
    id: card

    required property string deliverBy
    required property bool delivered
    readonly property string first: {
        if (delivered)
            return qsTr("您的申请已经送到办理部门。");
        if (deliverBy === "")
            return qsTr("我们会尽快把您的申请送到办理部门。");
        return qsTr("我们最迟%1送到办理部门，不用您操心。").arg(GsWords.shortDay(deliverBy));
    }

    raised: true
    padding: GsTheme.px(GsTheme.compact ? 24 : 32)
    spacing: GsTheme.gap

    GsText {
        Layout.fillWidth: true
        text: qsTr("接下来会怎样")
        role: "lead"
        strong: true
    }
    Repeater {
        model: [card.first, qsTr("部门会先看材料：齐了就受理；缺什么，会一次说清楚。"), qsTr("没接到消息，请打 %1，报您的编号。").arg(GsWords.hotline), qsTr("回执是收下材料的凭据，不代表受理。")]
        RowLayout {
            id: next
            required property string modelData
            required property int index
            Layout.fillWidth: true
            spacing: GsTheme.gap
            Rectangle {
                Layout.alignment: Qt.AlignTop
                implicitWidth: GsTheme.px(44 * GsTheme.titles)
                implicitHeight: implicitWidth
                radius: implicitWidth / 2
                color: GsTheme.colour.accentSoft
                GsText {
                    anchors.centerIn: parent
                    text: next.index + 1
                    role: "small"
                    strong: true
                    color: GsTheme.colour.accentInk
                }
            }
            GsText {
                Layout.fillWidth: true
                text: next.modelData
            }
        }
    }
    Item {
        Layout.fillHeight: true
    }
}
