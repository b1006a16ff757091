pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// Where the visit stands: number, name, and one bar per step.
ColumnLayout {
    id: header

    required property int current
    required property int total
    required property string name
    property string next: ""

    spacing: GsTheme.gapSmall

    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gap

        GsText {
            objectName: "stepNumber"
            text: qsTr("第 %1 步 / 共 %2 步").arg(header.current).arg(header.total)
            role: "small"
            strong: true
            color: GsTheme.colour.accentInk
            wrapMode: Text.NoWrap
        }
        GsText {
            Layout.fillWidth: true
            text: header.name
            role: "small"
            strong: true
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        GsText {
            visible: header.next !== "" && !(GsTheme.portrait && GsTheme.elder)
            text: qsTr("下一步：%1").arg(header.next)
            role: "small"
            soft: true
            wrapMode: Text.NoWrap
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.px(8)

        Repeater {
            model: header.total
            Rectangle {
                required property int index
                Layout.fillWidth: true
                Layout.preferredHeight: index + 1 === header.current ? GsTheme.px(12) : GsTheme.px(8)
                radius: height / 2
                color: index < header.current ? GsTheme.colour.accent : GsTheme.colour.sunken
                border.width: GsTheme.highContrast ? 1 : 0
                border.color: GsTheme.colour.lineStrong
            }
        }
    }
}
