import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The four things everybody asks first.
GsSurface {
    id: facts

    required property GuideController guide

    colour: GsTheme.colour.accentSoft
    edge: GsTheme.highContrast ? GsTheme.colour.line : "transparent"
    implicitHeight: grid.implicitHeight + 2 * GsTheme.gap

    GridLayout {
        id: grid
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: GsTheme.gapLarge
        anchors.rightMargin: GsTheme.gapLarge
        columns: GsTheme.portrait || GsTheme.elder ? 2 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        GsFact {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            iconName: "clock"
            label: qsTr("多久办好")
            value: GsWords.limit(facts.guide.promisedDays, facts.guide.inWorkingDays)
        }
        GsFact {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            iconName: "cash"
            label: qsTr("费用")
            value: facts.guide.charged ? qsTr("收费，见“收费”一栏") : qsTr("不收费")
        }
        GsFact {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            iconName: "map-pin"
            label: qsTr("要跑几趟")
            value: facts.guide.visits === 0 ? qsTr("一趟不用跑") : qsTr("最多 %1 趟").arg(facts.guide.visits)
        }
        GsFact {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            iconName: "building-bank"
            label: qsTr("哪个部门办")
            value: facts.guide.department
        }
    }
}
